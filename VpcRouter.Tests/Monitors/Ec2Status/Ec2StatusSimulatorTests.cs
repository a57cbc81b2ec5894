using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.Ec2Status;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;
using VpcRouter.Tests.Adapter;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Monitors.Ec2Status;

/// <summary>The monitor on Amazon's own client, with a simulated VPC at the other end of the wire.</summary>
internal sealed class Ec2StatusSimulatorTests
{
    private const string A = "127.0.1.10";
    private const string ASix = "fd00:7f00:0:1::10";
    private const string B = "127.0.2.10";
    private const string BSecondary = "127.0.2.11";
    private const string OtherInterfaceOfB = "127.0.2.20";
    private const string Stranger = "127.0.9.9";

    [Test]
    public async Task Monitor_LifeOfARouter_IsFollowed()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await using var run = new RunningMonitor(Monitor(vpc));
        run.Give(A, ASix, B, BSecondary, OtherInterfaceOfB, Stranger);
        (await NextAsync(run)).Should().Be("failed:, questionable:");

        Set(vpc, B, HostState.Stopping);
        (await NextAsync(run)).Should().Be($"failed:, questionable:{B} {BSecondary} {OtherInterfaceOfB}");
        Set(vpc, B, HostState.Stopped);
        (await NextAsync(run)).Should().Be($"failed:{B} {BSecondary} {OtherInterfaceOfB}, questionable:");
        Set(vpc, B, HostState.Alive);
        (await NextAsync(run)).Should().Be("failed:, questionable:");
        vpc.Simulator.Vpc.SetHostStatus(IPAddress.Parse(A), HostStatus.Impaired);
        (await NextAsync(run)).Should().Be($"failed:{A} {ASix}, questionable:");
        vpc.Simulator.Vpc.SetHostStatus(IPAddress.Parse(A), HostStatus.Initializing);
        (await NextAsync(run)).Should().Be("failed:, questionable:");
        vpc.Simulator.Vpc.SetHostEvents(IPAddress.Parse(A), new SimulatedEvent("instance-retirement"));
        (await NextAsync(run)).Should().Be($"failed:, questionable:{A} {ASix}");
        vpc.Simulator.Vpc.SetHostEvents(IPAddress.Parse(A), new SimulatedEvent("instance-retirement") { Outcome = EventOutcome.Canceled });
        (await NextAsync(run)).Should().Be("failed:, questionable:");
    }

    [Test]
    public async Task Monitor_InstanceTerminatedThenReplaced_FailsAndIsBack()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await using var run = new RunningMonitor(Monitor(vpc));
        run.Give(A, B);
        await run.NextAsync();

        Set(vpc, A, HostState.Terminated);
        (await NextAsync(run)).Should().Be($"failed:{A}, questionable:");
        Set(vpc, A, HostState.Replaced);
        (await NextAsync(run)).Should().Be("failed:, questionable:");
    }

    [Test]
    public async Task Monitor_InterfaceDetached_Fails()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await using var run = new RunningMonitor(Monitor(vpc));
        run.Give(A, B);
        await run.NextAsync();

        Set(vpc, A, HostState.Detached);

        (await NextAsync(run)).Should().Be($"failed:{A}, questionable:");
    }

    [Test]
    public async Task Monitor_SharedVpc_CallsNobodyFailed()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "sharedVpc": true }"""));
        Set(vpc, A, HostState.Stopped);
        await using var run = new RunningMonitor(Monitor(vpc));

        run.Give(A, B);

        (await NextAsync(run)).Should().Be("failed:, questionable:");
    }

    [Test]
    public async Task Monitor_Ec2RefusesForAWhile_KeepsTheLastWord()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        var monitor = Monitor(vpc);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await run.NextAsync();
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "errors": [{ "actions": "Describe*", "code": "UnauthorizedOperation" }] }"""));
        // Only when that shows: a poll under way could still be answered, with the new state.
        await Eventually.BeTrueAsync(() => monitor.Problem is not null);
        var failed = PollsFailed(monitor);

        Set(vpc, A, HostState.Stopped);
        await Eventually.BeTrueAsync(() => PollsFailed(monitor) >= failed + 3);

        run.WaitingReports.Should().Be(0);
        monitor.Problem.Should().Contain("UnauthorizedOperation");
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.None);
        (await NextAsync(run)).Should().Be($"failed:{A}, questionable:");
    }

    [Test]
    public async Task Monitor_SteadyState_CostsTwoCallsAPoll()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await using var run = new RunningMonitor(Monitor(vpc));

        run.Give(A, B, BSecondary);
        await run.NextAsync();

        vpc.Calls().Take(2).Should().Equal("DescribeNetworkInterfaces", "DescribeInstanceStatus");
    }

    private static Ec2StatusMonitor Monitor(AdapterVpc vpc) =>
        new(new Ec2StatusSettings { Interval = TimeSpan.FromMilliseconds(100) }, vpc.Status, TimeProvider.System, NullLogger<Ec2StatusMonitor>.Instance);

    private static long PollsFailed(Ec2StatusMonitor monitor) => (long)monitor.GetStatistics()["polls_failed"]!;

    private static void Set(AdapterVpc vpc, string host, HostState state) => vpc.Simulator.Vpc.SetHostState(IPAddress.Parse(host), state);

    private static async Task<string> NextAsync(RunningMonitor run)
    {
        var report = await run.NextAsync();
        return $"failed:{string.Join(' ', RunningMonitor.Names(report.Failed))}, questionable:{string.Join(' ', RunningMonitor.Names(report.Questionable))}";
    }
}
