using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>A whole router against a simulator over HTTP, in one process, with the real EC2 client between them.</summary>
internal sealed class FailoverRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly FailoverVpc _vpc;
    private readonly int _routesToMove;
    private readonly SimulatorHost _simulator;
    private readonly ServiceProvider _services;
    private readonly IHostedService _router;
    private readonly GivenMonitor _monitor = new();
    private bool _isFirstFailed;

    private FailoverRig(FailoverVpc vpc, int routesToMove, SimulatorHost simulator, WriteLimits limits, TimeSpan recheckInterval)
    {
        _vpc = vpc;
        _routesToMove = routesToMove;
        _simulator = simulator;
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(limits);
        services.AddVpcRouter(options =>
            {
                options.Region = simulator.Vpc.Region;
                options.VpcId = simulator.Vpc.VpcId;
                options.EndpointUrl = simulator.Endpoint.ToString();
                options.RouteRecheckInterval = recheckInterval;
            })
            .AddWatcher(_ => new GivenWatcher(vpc.Spec))
            .AddMonitor(_ => _monitor);
        _services = services.BuildServiceProvider();
        _router = _services.GetServices<IHostedService>().Single();
    }

    /// <summary>The router's services.</summary>
    public IServiceProvider Services => _services;

    private IRouterState State => _services.GetRequiredService<IRouterState>();

    /// <summary>Starts simulator and router, and waits until the router has found everything in line.</summary>
    public static async Task<FailoverRig> StartAsync(int hosts, WriteLimits limits, TimeSpan recheckInterval, int routesToMove = 100)
    {
        var vpc = new FailoverVpc(hosts, routesToMove);
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = vpc.Topology() });
        var rig = new FailoverRig(vpc, routesToMove, simulator, limits, recheckInterval);
        await rig._router.StartAsync(CancellationToken.None);
        await rig.SettleAsync(await rig._monitor.FailAsync());
        return rig;
    }

    /// <summary>Fails the host that routes the destinations that are to move and waits until the router has seen that all of them have moved.</summary>
    public async Task<FailoverRun> FailOverAsync()
    {
        var last = LastCall();
        _isFirstFailed = !_isFirstFailed;
        var verdictAt = await _monitor.FailAsync(_isFirstFailed ? _vpc.First : _vpc.Second);
        await SettleAsync(verdictAt);
        var run = new FailoverRun(verdictAt, _simulator.Vpc.GetCalls(last));
        return run.Moved == _routesToMove ? run : throw new InvalidOperationException($"{run.Moved} routes moved instead of {_routesToMove}");
    }

    /// <summary>Lets the simulator throttle as EC2 does, with full buckets to begin with.</summary>
    public void Throttle() => _simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "throttling": {} }"""));

    /// <summary>Waits for a recheck that finds everything in line.</summary>
    /// <returns>The calls that it took.</returns>
    public async Task<IReadOnlyList<SimulatorCall>> RecheckAsync()
    {
        var last = LastCall();
        await SettleAsync(TimeProvider.System.GetUtcNow());
        return _simulator.Vpc.GetCalls(last);
    }

    public async ValueTask DisposeAsync()
    {
        await _router.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    private long LastCall() => _simulator.Vpc.GetCalls() is [.., var last] ? last.Sequence : 0;

    // A look that began after the last write and the plan made from it: what comes next disturbs no measurement.
    private async Task SettleAsync(DateTimeOffset since)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await State.WaitForAsync(status => status.Snapshot?.TakenAt > since && status.LastInLineAt > status.Snapshot.TakenAt && status.Plan is { IsEmpty: true }, patience.Token);
    }
}
