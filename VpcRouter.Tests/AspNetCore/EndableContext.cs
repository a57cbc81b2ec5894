using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A request without a server, which ends when the test says so.</summary>
internal sealed class EndableContext
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();
    private readonly Completion _completion = new();

    public EndableContext(string path, string query = "")
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "GET", Path = path, QueryString = query });
        features.Set<IHttpResponseFeature>(_completion);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        Http = new DefaultHttpContext(features) { RequestServices = Services };
    }

    public HttpContext Http { get; }

    /// <summary>Does what a server does once everything is sent.</summary>
    public async Task EndAsync()
    {
        foreach (var (callback, state) in _completion.Callbacks)
            await callback(state);
    }

    private sealed class Completion : HttpResponseFeature
    {
        public List<(Func<object, Task> Callback, object State)> Callbacks { get; } = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => Callbacks.Add((callback, state));
    }
}
