using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using VpcRouter.AspNetCore;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A real server on loopback with the endpoints mounted and a router's state to show.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<RouteSpec> _specs = Channel.CreateUnbounded<RouteSpec>();

    private EndpointHost(WebApplication app, IRouterState state, Uri address)
    {
        _app = app;
        State = state;
        Client = new HttpClient { BaseAddress = address };
    }

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public HttpClient Client { get; }

    public IRouterState State { get; }

    public required FakeTimeProvider Time { get; init; }

    /// <summary>Where the router tells what happens.</summary>
    public required RouterEvents Events { get; init; }

    /// <summary>Begins to shut down, as at SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ChannelReader<RouteSpec> Specs => _specs.Reader;

    public static async Task<EndpointHost> StartAsync(string prefix = "", RouterStatus? status = null, int port = 0)
    {
        var state = Substitute.For<IRouterState>();
        state.Current.Returns(status ?? new RouterStatus { StartedAt = Now.AddHours(-1) });
        state.Readiness.Returns([]);
        state.Liveness.Returns(new ReadinessCheck("loop", true, "turns", null));
        var time = new FakeTimeProvider(Now);
        var events = new RouterEvents();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(state).AddSingleton<TimeProvider>(time).AddSingleton<IRouterEvents>(events).AddVpcRouterEndpoints();
        builder.Services.Configure<VpcRouterOptions>(options => options.IgnoreRoutes = CidrList.Parse("10.9.0.0/16,0.0.0.0"));
        var app = builder.Build();
        app.MapGroup(prefix).MapVpcRouter();
        await app.StartAsync();
        return new EndpointHost(app, state, new Uri(app.Urls.Single())) { Time = time, Events = events };
    }

    /// <summary>Does what an http watcher does when it starts.</summary>
    public EndpointHost InHttpMode()
    {
        var inbox = _app.Services.GetRequiredService<RouteSpecInbox>();
        inbox.Open();
        inbox.Attach(_specs.Writer);
        return this;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
