using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VpcRouter.AspNetCore;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A whole router in http mode on a VPC in memory, behind a real server on loopback. Every host is healthy.</summary>
internal sealed class HttpRouterRig : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private HttpRouterRig(WebApplication app, InMemoryVpc api, TemporaryFolder folder)
    {
        _app = app;
        _folder = folder;
        Api = api;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public InMemoryVpc Api { get; }

    public HttpClient Client { get; }

    public RouterStatus Status => _app.Services.GetRequiredService<IRouterState>().Current;

    public static async Task<HttpRouterRig> StartAsync(TestVpc vpc, Action<VpcRouterOptions>? configure = null, Action<InMemoryVpc>? prepare = null)
    {
        var api = new InMemoryVpc(vpc.Snapshot(), TimeProvider.System);
        prepare?.Invoke(api);
        var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IVpcApi>(api);
        builder.Services.AddVpcRouter(options =>
            {
                options.StateDirectory = folder["state"];
                configure?.Invoke(options);
            })
            .AddPlugins(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly)
            .AddWatcher("http")
            .AddMonitor("always");
        builder.Services.AddVpcRouterEndpoints();
        var app = builder.Build();
        app.MapVpcRouter();
        await app.StartAsync();
        return new HttpRouterRig(app, api, folder);
    }

    public Task<HttpResponseMessage> PostAsync(string query, string document) =>
        Client.PostAsync(new Uri("/route_spec" + query, UriKind.Relative), new StringContent(document));

    /// <summary>Ends the app as SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // Disposed of alone it would end only later, and write into the folder until then.
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
