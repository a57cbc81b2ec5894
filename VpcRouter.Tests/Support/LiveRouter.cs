using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Model;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.Support;

/// <summary>The router as the command line runs it, with its HTTP server, against a simulated VPC; like the demo, but nobody dies by himself.</summary>
internal sealed class LiveRouter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SimulatorHost _simulator;
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private LiveRouter(SimulatorHost simulator, WebApplication app, TemporaryFolder folder)
    {
        _simulator = simulator;
        _app = app;
        _folder = folder;
        Url = new Uri(app.Urls.First() + "/");
    }

    public Uri Url { get; }

    public static async Task<LiveRouter> StartAsync()
    {
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ProbePort = 0 });
        var folder = new TemporaryFolder();
        var app = global::VpcRouter.Cli.RouterHost.Build(SettingsFor(simulator, folder), new LoggerConfiguration().CreateLogger());
        await app.StartAsync();
        var router = new LiveRouter(simulator, app, folder);
        await router.PostAsync();
        return router;
    }

    /// <summary>Kills the host that most routes lead to.</summary>
    /// <returns>The host.</returns>
    public string KillTheBusiest()
    {
        var state = _simulator.Vpc.GetState();
        var busiest = state.Hosts.Where(host => host.Answering).MaxBy(host => state.RouteTables.SelectMany(table => table.Routes).Count(route => route.Router == host.Address))!.Address;
        _simulator.Vpc.SetHostState(IPAddress.Parse(busiest), HostState.Dead);
        return busiest;
    }

    public Task<RouterStatus> UntilAsync(Func<RouterStatus, bool> condition) =>
        _app.Services.GetRequiredService<IRouterState>().WaitForAsync(condition, CancellationToken.None).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Dispose();
    }

    private static RouterSettings SettingsFor(SimulatorHost simulator, TemporaryFolder folder) => new(
        new GeneralSettings { Mode = "http", Health = "tcp", Address = "127.0.0.1", Port = 0 },
        new VpcRouterOptions
        {
            Region = simulator.Vpc.Region,
            VpcId = simulator.Vpc.VpcId,
            EndpointUrl = simulator.Endpoint.ToString(),
            RouteRecheckInterval = TimeSpan.FromSeconds(5),
            StateDirectory = folder["state"],
        },
        new Dictionary<string, string>
        {
            ["tcp-check-port"] = simulator.ProbePort.ToString(CultureInfo.InvariantCulture),
            ["tcp-check-interval"] = "0.5",
            // A dead host refuses at once; one that is alive may have to wait for a busy machine.
            ["tcp-check-timeout"] = "10",
        },
        PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly));

    private async Task PostAsync()
    {
        var hosts = _simulator.Vpc.GetState().Hosts.Select(host => host.Address).ToArray();
        var spec = Enumerable.Range(0, 8).ToDictionary(i => $"10.{100 + i}.0.0/16", i => Enumerable.Range(0, 3).Select(j => hosts[(i + j) % hosts.Length]).ToArray());
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(Url, "route_spec"), JsonContent.Create(spec));
        answer.EnsureSuccessStatusCode();
        await UntilAsync(status => status.Health is not null && status.Outcomes.Count >= 32 && status.LastInLineAt is not null);
    }
}
