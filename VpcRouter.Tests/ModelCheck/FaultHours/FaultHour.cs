using System.Net;
using System.Text;
using Amazon.EC2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;
using HostState = VpcRouter.Simulator.Model.HostState;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>
/// A whole router, with the real AWS client, against the simulator for an hour of fake time, while faults strike and hosts die and come
/// back; then a quiet while without faults. For the pool's one thread.
/// </summary>
internal sealed class FaultHour
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(7);

    // The last one stays dead.
    private static readonly (int Minute, string Host, HostState State)[] Fates =
    [
        (3, "127.9.1.10", HostState.Dead), (8, "127.9.1.10", HostState.Alive), (12, "127.9.2.10", HostState.Stopping), (13, "127.9.2.10", HostState.Stopped), (17, "127.9.2.10", HostState.Alive),
        (21, "127.9.3.10", HostState.Replaced), (25, "127.9.1.10", HostState.Terminated), (30, "127.9.1.10", HostState.Replaced), (34, "127.9.3.10", HostState.Detached), (38, "127.9.3.10", HostState.Alive),
        (42, "127.9.1.10", HostState.Dead), (42, "127.9.2.10", HostState.Dead), (42, "127.9.3.10", HostState.Dead), (46, "127.9.1.10", HostState.Alive), (47, "127.9.2.10", HostState.Alive),
        (48, "127.9.3.10", HostState.Alive), (52, "127.9.3.10", HostState.Replaced), (56, "127.9.2.10", HostState.Dead),
    ];

    private readonly SteppedTime _time = new(TestVpc.Start);
    private readonly SimulatedVpc _vpc;
    private readonly RouteSpec _spec = new RouteSpecReader().Read(Encoding.UTF8.GetBytes(HourTopology.Spec)).Spec!;

    public FaultHour()
    {
        Trace = new Trace(_time);
        _vpc = new SimulatedVpc(HourTopology.Value.Model, _time, TimeSpan.FromSeconds(1), 10_000);
    }

    public Trace Trace { get; }

    /// <summary>How many lines an operator would have in the log.</summary>
    public int LogLines { get; private set; }

    /// <summary>How often each fault struck.</summary>
    public IReadOnlyDictionary<string, long> Struck { get; private set; } = new Dictionary<string, long>();

    public IReadOnlyList<ReadinessCheck> Readiness { get; private set; } = [];

    /// <summary>Where the routes differ from what the rules say.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task RunAsync(SimulatorFaults faults, string stateDirectory)
    {
        using var client = InProcessEc2.Connect(_vpc, _time);
        using var log = new ScenarioLog(Trace);
        await using var services = Services(client, log, stateDirectory);
        var service = services.GetServices<IHostedService>().Single();
        _vpc.SetFaults(faults);
        await service.StartAsync(CancellationToken.None);
        foreach (var (minute, host, state) in Fates)
        {
            await _time.AdvanceToAsync(TestVpc.Start.AddMinutes(minute));
            Trace.Say($"* {host} becomes {state}");
            _vpc.SetHostState(IPAddress.Parse(host), state);
        }

        await _time.AdvanceToAsync(TestVpc.Start + Duration);
        Struck = _vpc.GetFaults().Struck;
        _vpc.SetFaults(SimulatorFaults.None);
        await _time.AdvanceToAsync(TestVpc.Start + Duration + Quiet);
        Readiness = services.GetRequiredService<IRouterState>().Readiness;
        var looking = new Ec2VpcApi(client, _vpc.VpcId, _time).GetSnapshotAsync(CancellationToken.None);
        await SingleThreadedPool.QuiesceAsync();
        Problems = [.. ProblemsOf(await looking)];
        await service.StopAsync(CancellationToken.None);
        _vpc.Close();
        LogLines = log.Lines;
    }

    private ServiceProvider Services(IAmazonEC2 client, ILoggerFactory log, string stateDirectory)
    {
        var services = new ServiceCollection();
        services.AddSingleton(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IVpcApi>(new Ec2VpcApi(client, _vpc.VpcId, _time)).AddSingleton<IWriteLimiterFactory>(new FakeTimeLimiters(_time));
        services.AddVpcRouter(options => (options.VpcId, options.Region, options.StateDirectory) = (_vpc.VpcId, _vpc.Region, stateDirectory))
            .AddWatcher(_ => new GivenSpecWatcher(_spec))
            .AddMonitor(_ => new SimulatedHostsMonitor(_vpc, _time));
        return services.BuildServiceProvider();
    }

    private IEnumerable<string> ProblemsOf(VpcSnapshot look)
    {
        var report = new HealthReport(_spec.Hosts.Where(host => !SimulatedHostsMonitor.Answers(_vpc, host)), [], _time.GetUtcNow(), "simulated");
        return FinalCheck.ProblemsOf(_spec, new Rules(_spec, report, look, new ScenarioPolicy([], []), (_, _) => true));
    }
}
