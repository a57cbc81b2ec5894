using System.Net;
using Amazon.EC2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Model;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc.Ec2;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.EndToEnd;

/// <summary>The whole router in this process, with its own plugins, against a simulated VPC.</summary>
internal sealed class RouterRig : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly IHost _host;
    private readonly IAmazonEC2 _client;
    private readonly TemporaryFolder _folder;

    private RouterRig(SimulatorHost simulator, TemporaryFolder folder, IHost host)
    {
        Simulator = simulator;
        _folder = folder;
        _host = host;
        _client = Ec2ClientFactory.Create(simulator.Vpc.Region, simulator.Endpoint);
        SomebodyElse = new Ec2VpcApi(_client, simulator.Vpc.VpcId);
    }

    public SimulatorHost Simulator { get; }

    /// <summary>Another user of the account, who changes routes as he likes.</summary>
    public Ec2VpcApi SomebodyElse { get; }

    private string SpecFile => _folder["spec.json"];

    public static async Task<RouterRig> StartAsync(string spec, string monitor = "tcp", Func<Ec2VpcApi, Task>? before = null, Action<VpcRouterOptions>? configure = null)
    {
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ProbePort = 0 });
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["spec.json"], spec);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddVpcRouter(options =>
            {
                options.Region = simulator.Vpc.Region;
                options.VpcId = simulator.Vpc.VpcId;
                options.EndpointUrl = simulator.Endpoint.ToString();
                options.RouteRecheckInterval = TimeSpan.FromSeconds(5);
                options.StateDirectory = folder["state"];
                configure?.Invoke(options);
            })
            .AddPlugins(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly)
            .ConfigurePlugins(new Dictionary<string, string>
            {
                ["file"] = folder["spec.json"],
                ["tcp-check-port"] = $"{simulator.ProbePort}",
                ["tcp-check-interval"] = "0.1",
                // A dead host refuses at once; one that is alive may have to wait for a busy machine.
                ["tcp-check-timeout"] = "10",
                ["ec2-status-interval"] = "0.1",
            })
            .AddWatcher("configfile")
            .AddMonitor(monitor);
        var rig = new RouterRig(simulator, folder, builder.Build());
        if (before is not null)
            await before(rig.SomebodyElse);
        await rig._host.StartAsync();
        return rig;
    }

    /// <summary>The routers of a destination in the tables that hold it, edge tables aside.</summary>
    public static IReadOnlyList<string?> RoutersOf(SimulatorState state, string destination) =>
        [.. state.RouteTables.Where(table => !table.Edge).SelectMany(table => table.Routes).Where(route => route.Destination == destination).Select(route => route.Router)];

    public static SimulatedRoute? RouteIn(SimulatorState state, string table, string destination) =>
        state.RouteTables.Single(it => it.Id == table).Routes.SingleOrDefault(route => route.Destination == destination);

    public Task<SimulatorState> UntilAsync(Func<SimulatorState, bool> condition) => Simulator.Vpc.WaitForAsync(condition).WaitAsync(Patience);

    /// <summary>Waits until each destination stands in that many tables.</summary>
    public Task<SimulatorState> UntilRoutedAsync(int tables, params string[] destinations) =>
        UntilAsync(state => destinations.All(destination => RoutersOf(state, destination).Count == tables));

    public void Set(string host, HostState state) => Simulator.Vpc.SetHostState(IPAddress.Parse(host), state);

    public Task<RouterStatus> UntilStatusAsync(Func<RouterStatus, bool> condition) =>
        _host.Services.GetRequiredService<IRouterState>().WaitForAsync(condition, CancellationToken.None).WaitAsync(Patience);

    public void ChangeSpec(string spec)
    {
        File.WriteAllText(SpecFile + ".new", spec);
        File.Move(SpecFile + ".new", SpecFile, overwrite: true);
    }

    public Task DeleteBehindItsBackAsync(string table, string destination) =>
        SomebodyElse.DeleteRouteAsync(table, RouteDestination.Parse(destination), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _client.Dispose();
        await Simulator.DisposeAsync();
        _folder.Dispose();
    }
}
