using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Model;
using VpcRouter.Watchers;

namespace VpcRouter.Cli.Demo;

/// <summary>
/// Runs simulator and router together over real sockets, kills a host, waits until the simulated VPC has no route to it left,
/// revives it, and does so again until the time is over.
/// </summary>
internal sealed class DemoRun(SimulatorHost simulator, IRouterState router, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What a death and a revival take at most in practice; a death that can't be followed to its end isn't begun.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(3);

    public static async Task<DemoReport> RunAsync(TimeSpan duration, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ProbePort = 0 }, cancellationToken).ConfigureAwait(false);
        var state = Directory.CreateTempSubdirectory("vpcrouter-demo-");
        try
        {
            return await RunAsync(simulator, state.FullName, duration, output, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static async Task<DemoReport> RunAsync(SimulatorHost simulator, string stateFolder, TimeSpan duration, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var app = RouterHost.Build(SettingsFor(simulator, stateFolder), LogOutput.OnStandardError(LogEventLevel.Error));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var demo = new DemoRun(simulator, app.Services.GetRequiredService<IRouterState>(), output, time);
            await demo.IntroduceAsync(app.Urls.First(), cancellationToken).ConfigureAwait(false);
            return await demo.KillAndReviveAsync(duration, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static RouterSettings SettingsFor(SimulatorHost simulator, string stateFolder) => new(
        new GeneralSettings { Mode = "http", Health = "tcp", Address = "127.0.0.1", Port = 0 },
        new VpcRouterOptions { Region = simulator.Vpc.Region, VpcId = simulator.Vpc.VpcId, EndpointUrl = simulator.Endpoint.ToString(), RouteRecheckInterval = TimeSpan.FromSeconds(5), StateDirectory = stateFolder },
        new Dictionary<string, string>
        {
            ["tcp-check-port"] = simulator.ProbePort.ToString(CultureInfo.InvariantCulture),
            ["tcp-check-interval"] = "0.5",
            ["tcp-check-timeout"] = "0.2",
        },
        PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly));

    // Eight destinations, each with three neighbouring hosts: whoever dies, others can take over.
    private static Dictionary<string, string[]> SpecFor(IReadOnlyList<SimulatedHost> hosts) =>
        Enumerable.Range(0, 8).ToDictionary(i => $"10.{100 + i}.0.0/16", i => Enumerable.Range(0, 3).Select(j => hosts[(i + j) % hosts.Count].Address).ToArray());

    private static IEnumerable<SimulatedRoute> RoutesTo(SimulatorState state, string host) =>
        state.RouteTables.Where(table => !table.Edge).SelectMany(table => table.Routes).Where(route => route.Router == host);

    private static string Ms(TimeSpan span) => span.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";

    private async Task IntroduceAsync(string statusPage, CancellationToken cancellationToken)
    {
        var state = simulator.Vpc.GetState();
        output.WriteLine($"Simulated VPC {state.Vpc} in {state.Region}: {state.Zones.Count} zones, {state.RouteTables.Count} route tables, {state.Hosts.Count} router hosts");
        foreach (var host in state.Hosts)
            output.WriteLine($"    {host.Address,-13} {host.Interface} in {host.Zone}");
        output.WriteLine($"EC2 endpoint {simulator.Endpoint}, status page {statusPage}/");
        var spec = SpecFor(state.Hosts);
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(statusPage + "/route_spec"), System.Net.Http.Json.JsonContent.Create(spec), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await simulator.Vpc.WaitForAsync(now => now.RouteTables.Where(table => !table.Edge).All(table => spec.Keys.All(destination => table.Routes.Any(route => route.Destination == destination))), either.Token).ConfigureAwait(false);
        output.WriteLine($"A route spec with {spec.Count} destinations was posted; each stands in {state.RouteTables.Count(table => !table.Edge)} route tables now.");
        output.WriteLine();
    }

    private async Task<DemoReport> KillAndReviveAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + duration;
        var failovers = new List<DemoFailover>();
        while (time.GetUtcNow() + Reserve < end)
        {
            var failover = await KillAsync(BusiestHost(), cancellationToken).ConfigureAwait(false);
            failovers.Add(failover);
            await ReviveAsync(failover.Host, cancellationToken).ConfigureAwait(false);
            if (time.GetUtcNow() + Pause + Reserve < end)
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return new DemoReport(failovers);
    }

    private string BusiestHost()
    {
        var state = simulator.Vpc.GetState();
        return state.Hosts.Where(host => host.Answering).MaxBy(host => RoutesTo(state, host.Address).Count())!.Address;
    }

    private async Task<DemoFailover> KillAsync(string host, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(host);
        var before = simulator.Vpc.GetState();
        var routes = RoutesTo(before, host).Count();
        using var moves = new MoveObserver(simulator.Vpc, routes);
        simulator.Vpc.SetHostState(address, HostState.Dead);
        var diedAt = simulator.Vpc.GetState().Hosts.Single(item => item.Address == host).Since;
        output.WriteLine($"{host} dies; {routes} routes point at it");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var status = await router.WaitForAsync(now => now.Health?.Failed.Contains(address) == true, either.Token).ConfigureAwait(false);
            var verdictAt = status.Health!.ObservedAt;
            await simulator.Vpc.WaitForAsync(now => !RoutesTo(now, host).Any(), either.Token).ConfigureAwait(false);
            var movedAt = await moves.LastMove.WaitAsync(either.Token).ConfigureAwait(false);
            Tell(host, before, diedAt, verdictAt, movedAt);
            return new DemoFailover(host, routes, verdictAt - diedAt, movedAt - verdictAt);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            output.WriteLine($"    its routes had not moved after {Patience.TotalSeconds} s");
            return new DemoFailover(host, routes, null, null);
        }
    }

    private void Tell(string host, SimulatorState before, DateTimeOffset diedAt, DateTimeOffset verdictAt, DateTimeOffset movedAt)
    {
        output.WriteLine($"    verdict after {Ms(verdictAt - diedAt)}: failed");
        var after = simulator.Vpc.GetState();
        foreach (var destination in RoutesTo(before, host).Select(route => route.Destination).Distinct())
        {
            var moved = after.RouteTables.Where(table => !table.Edge).SelectMany(table => table.Routes).Where(route => route.Destination == destination).ToList();
            output.WriteLine($"    {destination} -> {string.Join(", ", moved.Select(route => route.Router).Distinct())} in {moved.Count} route tables");
        }

        output.WriteLine($"    all moved {Ms(movedAt - verdictAt)} after the verdict");
    }

    private async Task ReviveAsync(string host, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(host);
        simulator.Vpc.SetHostState(address, HostState.Alive);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await router.WaitForAsync(now => now.Health?.Failed.Contains(address) == false, either.Token).ConfigureAwait(false);
        output.WriteLine($"{host} is back; routes stay where they are");
        output.WriteLine();
    }
}
