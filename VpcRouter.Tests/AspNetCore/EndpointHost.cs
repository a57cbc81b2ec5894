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
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A real server on loopback with the endpoints mounted and a router's state to show.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder? _ownFolder;
    private readonly Channel<RouteSpec> _specs = Channel.CreateUnbounded<RouteSpec>();

    private EndpointHost(WebApplication app, IRouterState state, FakeTimeProvider time, LogLines log, TemporaryFolder? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        State = state;
        Time = time;
        Log = log;
        // A stream that is given up has no end that would be worth waiting for.
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public HttpClient Client { get; }

    public IRouterState State { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    /// <summary>Where the router tells what happens.</summary>
    public required RouterEvents Events { get; init; }

    /// <summary>Begins to shut down, as at SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    public RouteSpecInbox Inbox => _app.Services.GetRequiredService<RouteSpecInbox>();

    public ChannelReader<RouteSpec> Specs => _specs.Reader;

    /// <summary>Starts it.</summary>
    /// <param name="prefix">Where the endpoints are mounted.</param>
    /// <param name="status">The router's state.</param>
    /// <param name="port">The port to listen on; 0 for any.</param>
    /// <param name="http">Who may use the endpoints.</param>
    /// <param name="stateFolder">The state folder; by default one that goes with the host.</param>
    /// <param name="configure">What else the app is made of.</param>
    /// <param name="protect">The app's own conventions for the endpoints.</param>
    public static async Task<EndpointHost> StartAsync(
        string prefix = "",
        RouterStatus? status = null,
        int port = 0,
        Action<VpcRouterHttpOptions>? http = null,
        string? stateFolder = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<IEndpointConventionBuilder>? protect = null)
    {
        var state = Substitute.For<IRouterState>();
        state.Current.Returns(status ?? new RouterStatus { StartedAt = Now.AddHours(-1) });
        state.Readiness.Returns([]);
        state.Liveness.Returns(new ReadinessCheck("loop", true, "turns", null));
        var time = new FakeTimeProvider(Now);
        var events = new RouterEvents();
        var log = new LogLines();
        var ownFolder = stateFolder is null ? new TemporaryFolder() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.UseVpcRouterLimits());
        builder.Services.AddSingleton(state).AddSingleton<TimeProvider>(time).AddSingleton<IRouterEvents>(events).AddVpcRouterEndpoints(http);
        builder.Services.Configure<VpcRouterOptions>(options =>
        {
            options.IgnoreRoutes = CidrList.Parse("10.9.0.0/16,0.0.0.0");
            options.StateDirectory = stateFolder ?? ownFolder!["state"];
        });
        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            var endpoints = app.MapGroup(prefix).MapVpcRouter();
            protect?.Invoke(endpoints);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            ownFolder?.Dispose();
            throw;
        }

        return new EndpointHost(app, state, time, log, ownFolder) { Events = events };
    }

    /// <summary>Does what an http watcher does when it starts.</summary>
    public EndpointHost InHttpMode()
    {
        Inbox.Open();
        Inbox.Attach(_specs.Writer);
        return this;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }
}
