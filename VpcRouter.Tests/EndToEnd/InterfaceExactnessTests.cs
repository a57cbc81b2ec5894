using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;
using VpcRouter.Tests.Adapter;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using Route = VpcRouter.Vpc.Route;

namespace VpcRouter.Tests.EndToEnd;

/// <summary>
/// Routes lead to exactly the interface that carries the host now: through Amazon's own client, against a simulated VPC. Instance i-0b
/// has the interfaces eni-0b (127.0.2.10 and .11) and eni-0c (127.0.2.20).
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class InterfaceExactnessTests
{
    private const string X = "10.1.0.0/16";

    [Test]
    public async Task Reconcile_HostIsASecondaryAddress_LeadsToItsInterface()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await ReconcileAsync(vpc, TestSpec.EntryOf(X, "127.0.2.11"));

        (await TargetAsync(vpc, "rtb-b")).Should().Be("eni-0b");
    }

    [Test]
    public async Task Reconcile_InstanceHasSeveralInterfaces_LeadsToTheOneWithTheAddress()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await vpc.CreateAsync("rtb-b", X, "eni-0b");

        await ReconcileAsync(vpc, TestSpec.EntryOf(X, "127.0.2.20"));

        (await TargetAsync(vpc, "rtb-b")).Should().Be("eni-0c");
    }

    [Test]
    public async Task Reconcile_SameAddressOnANewInstance_LeavesTheOldInterface()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var reconciler = Reconciler(vpc);
        var spec = TestSpec.Of(TestSpec.EntryOf(X, "127.0.1.10"));
        await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);
        vpc.Simulator.Vpc.SetHostState(AdapterVpc.Address("127.0.1.10"), HostState.Replaced);
        var stale = await vpc.RouteAsync("rtb-a", X);

        await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);

        var now = (await vpc.LookAsync()).InterfaceOf(AdapterVpc.Address("127.0.1.10"))!;
        (stale!.Target.Id, stale.State, now.Id == "eni-0a").Should().Be(("eni-0a", RouteState.Blackhole, false));
        (await vpc.RouteAsync("rtb-a", X)).Should().Match<Route>(route => route.Target.Id == now.Id && route.State == RouteState.Active);
    }

    [TestCase(HostState.Dead)]
    [TestCase(HostState.Stopped)]
    [TestCase(HostState.Terminated)]
    public async Task Reconcile_SharedVpcNamesNoInstance_FailsOverAllTheSame(HostState fate)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "sharedVpc": true }"""));
        using var reconciler = Reconciler(vpc);
        var spec = TestSpec.Of(TestSpec.EntryOf(X, "127.0.1.10", "127.0.2.10") with { Select = RouterSelectionMode.Ordered });
        await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);
        vpc.Simulator.Vpc.SetHostState(AdapterVpc.Address("127.0.1.10"), fate);
        var before = await vpc.RouteAsync("rtb-b", X);

        await reconciler.ReconcileAsync(spec, new HealthReport([AdapterVpc.Address("127.0.1.10")], [], TestVpc.Start, "test"), default);

        (before!.InstanceId, before.Target.Id, await TargetAsync(vpc, "rtb-a"), await TargetAsync(vpc, "rtb-b")).Should().Be((null, "eni-0a", "eni-0b", "eni-0b"));
    }

    [TestCase(X)]
    [TestCase("2001:db8:9::/48")]
    [TestCase("pl-0d1c2b3a")]
    public async Task Reconcile_HostIsAnIPv6Address_LeadsToItsInterface(string destination)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await vpc.CreateAsync("rtb-b", "10.77.0.0/16", "eni-0b");

        await ReconcileAsync(vpc, TestSpec.EntryOf(destination, "fd00:7f00:0:1::10"));

        (await vpc.RouteAsync("rtb-a", destination))!.Target.Id.Should().Be("eni-0a");
    }

    [Test]
    public async Task Reconcile_RouterOfAPrefixListFails_MovesTheWholeListInOneCall()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var reconciler = Reconciler(vpc);
        var spec = TestSpec.Of(TestSpec.EntryOf("pl-0d1c2b3a", "127.0.1.10", "127.0.2.10") with { Select = RouterSelectionMode.Ordered, RouteTables = ["rtb-b"] });
        await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);

        await reconciler.ReconcileAsync(spec, new HealthReport([AdapterVpc.Address("127.0.1.10")], [], TestVpc.Start, "test"), default);

        (await vpc.RouteAsync("rtb-b", "pl-0d1c2b3a"))!.Target.Id.Should().Be("eni-0b");
        vpc.Calls().Count(action => action == "ReplaceRoute").Should().Be(1);
    }

    [TestCase("""{ "blackholes": { "instanceId": false, "interfaceId": false } }""", RouteTargetKind.None)]
    [TestCase("""{ "blackholes": { "instanceId": true, "interfaceId": false } }""", RouteTargetKind.Instance)]
    [TestCase("""{ "blackholes": { "instanceId": false, "interfaceId": true } }""", RouteTargetKind.NetworkInterface)]
    public async Task Reconcile_BlackholeNamesMoreOrLess_FailsOver(string faults, RouteTargetKind shown)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse(faults));
        vpc.Simulator.Vpc.SetHostState(AdapterVpc.Address("127.0.1.10"), HostState.Terminated);
        var before = await vpc.RouteAsync("rtb-a", X);

        await ReconcileAsync(vpc, TestSpec.EntryOf(X, "127.0.1.10", "127.0.2.10") with { RouteTables = ["rtb-a", "rtb-b"] });

        (before!.Target.Kind, await TargetAsync(vpc, "rtb-b")).Should().Be((shown, "eni-0b"));
    }

    private static async Task<string> TargetAsync(AdapterVpc vpc, string table) => (await vpc.RouteAsync(table, X))!.Target.Id;

    private static RouteReconciler Reconciler(AdapterVpc vpc) => new(vpc.Api, new RoutePolicy());

    private static async Task ReconcileAsync(AdapterVpc vpc, RouteEntry entry)
    {
        using var reconciler = Reconciler(vpc);
        (await reconciler.ReconcileAsync(TestSpec.Of(entry), HealthReport.AllHealthy, default)).IsComplete.Should().BeTrue();
    }
}
