using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>Which routers are chosen, kept and replaced: R4 to R10.</summary>
public sealed class RoutePlannerTests
{
    private const string X = "10.1.0.0/16";
    private static readonly RouteTarget Nat = new(RouteTargetKind.NatGateway, "nat-1");

    [Test]
    public void Plan_RouteMissing_IsCreated() =>
        Changes(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1")).Should().Equal("Create rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_RouterHealthyAndEligible_Stays() =>
        Changes(TestSpec.Of(X, 1, 2, 3), TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(X, "eni-2"))).Should().BeEmpty();

    [Test]
    public void Plan_RouterFailed_IsReplaced() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Failed(1)).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_RouterNotEligible_IsReplacedAsRepair() =>
        Changes(TestSpec.Of(X, 1), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-2"))).Should().Equal("Repair rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_InterfaceGone_IsReplacedAsFailover() =>
        Changes(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-9"))).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_AddressMovedToAnotherInterface_FollowsIt()
    {
        var vpc = new TestVpc().WithInterface("eni-1", "a", "10.0.0.9").WithInterface("eni-2", "a", "10.0.0.1").WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

        Changes(TestSpec.Of(X, 1), vpc).Should().Equal("Repair rtb-1 10.1.0.0/16 eni-2");
    }

    [TestCase("eni-1", RouteTargetKind.NetworkInterface)]
    [TestCase("i-1", RouteTargetKind.Instance)]
    [TestCase("", RouteTargetKind.None)]
    public void Plan_Blackhole_FailsOver(string id, RouteTargetKind kind) =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.To(X, new RouteTarget(kind, id), RouteState.Blackhole)), TestSpec.Failed(1))
            .Should().Equal("Failover rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_BlackholeOfHostThatMonitorCallsHealthy_FailsOver() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1", RouteState.Blackhole))).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_QuestionableAndHealthyThere_IsReplaced() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Questionable(1)).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_AllQuestionable_Stays() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Questionable(1, 2)).Should().BeEmpty();

    [Test]
    public void Plan_OneFailedOneQuestionable_TakesQuestionable() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Report([1], [2])).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_AllFailed_LeavesRoute() =>
        Changes(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Failed(1, 2)).Should().BeEmpty();

    [Test]
    public void Plan_AllFailedAndFallback_PointsAtFallback() =>
        Changes(WithFallback(1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Failed(1)).Should().Equal("Failover rtb-1 10.1.0.0/16 nat-1");

    [Test]
    public void Plan_AllFailedRouteMissingAndFallback_CreatesFallback() =>
        Changes(WithFallback(1), TestVpc.WithHosts(1).WithTable("rtb-1"), TestSpec.Failed(1)).Should().Equal("Create rtb-1 10.1.0.0/16 nat-1");

    [Test]
    public void Plan_OnFallbackAndHostBack_LeavesFallback() =>
        Changes(WithFallback(1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, Nat))).Should().Equal("Repair rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_FallbackIsBlackholeAndHostBack_IsAFailover() =>
        Changes(WithFallback(1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, Nat, RouteState.Blackhole))).Should().Equal("Failover rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_TablesDisagree_FollowTheMajority()
    {
        var vpc = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).WithTable("rtb-2", TestVpc.Via(X, "eni-2")).WithTable("rtb-3", TestVpc.Via(X, "eni-2"));

        Changes(TestSpec.Of(X, 1, 2), vpc).Should().Equal("Repair rtb-1 10.1.0.0/16 eni-2");
    }

    [Test]
    public void Plan_TablesThatTheEntryLeavesOutDisagree_RouterStays()
    {
        var vpc = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).WithTable("rtb-2", TestVpc.Via(X, "eni-2")).WithTable("rtb-3", TestVpc.Via(X, "eni-2"));

        Changes(TestSpec.Of(TestSpec.Entry(X, 1, 2) with { RouteTables = ["rtb-1"] }), vpc).Should().BeEmpty();
    }

    [Test]
    public void Plan_TwoHostsOnOneInterfaceAndOneFailed_RouterStays()
    {
        var vpc = new TestVpc().WithInterface("eni-1", "a", "10.0.0.1", "10.0.0.2").WithHost(3).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

        Changes(TestSpec.Of(X, 1, 2, 3), vpc, TestSpec.Failed(1)).Should().BeEmpty();
    }

    [Test]
    public void Plan_HostIsSecondaryAddress_TargetsItsInterface() =>
        Changes(TestSpec.Of(X, 2), new TestVpc().WithInterface("eni-1", "a", "10.0.0.1", "10.0.0.2").WithTable("rtb-1")).Should().Equal("Create rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_HostIsIPv6Address_TargetsItsInterface() =>
        Changes(TestSpec.Of(TestSpec.EntryOf("2001:db8:1::/48", "2001:db8::1")), new TestVpc().WithInterface("eni-1", "a", "10.0.0.1", "2001:db8::1").WithTable("rtb-1"))
            .Should().Equal("Create rtb-1 2001:db8:1::/48 eni-1");

    [Test]
    public void Plan_TwoInterfacesClaimTheHost_AttachedOneWins()
    {
        var vpc = TestVpc.WithHosts(0).With(new NetworkInterface("eni-0", "subnet-a", "a", [TestSpec.Host(1)]) { IsAttached = false }).WithHost(1).WithTable("rtb-1");

        Changes(TestSpec.Of(X, 1), vpc).Should().Equal("Create rtb-1 10.1.0.0/16 eni-1");
    }

    [Test]
    public void Plan_OnlyInterfaceOfTheHostIsDetached_TakesAnotherHost()
    {
        var vpc = TestVpc.WithHosts(2).With(new NetworkInterface("eni-1", "subnet-a", "a", [TestSpec.Host(1)]) { IsAttached = false }).WithTable("rtb-1");

        Changes(TestSpec.Of(TestSpec.Entry(X, 1, 2) with { Select = RouterSelectionMode.Ordered }), vpc).Should().Equal("Create rtb-1 10.1.0.0/16 eni-2");
    }

    [Test]
    public void Plan_RouteNamesInstanceOnly_IsPointedAtItsInterface() =>
        Changes(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, new RouteTarget(RouteTargetKind.Instance, "i-1")))).Should().Equal("Repair rtb-1 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_Ordered_TakesTheFirstUsable() =>
        Changes(TestSpec.Of(TestSpec.Entry(X, 3, 2, 1) with { Select = RouterSelectionMode.Ordered }), TestVpc.WithHosts(3).WithTable("rtb-1"), TestSpec.Failed(3))
            .Should().Equal("Create rtb-1 10.1.0.0/16 eni-2");

    [Test]
    public void Plan_Zone_GivesEachTableTheHostOfItsZone()
    {
        var vpc = new TestVpc().WithHost(1, "a").WithHost(2, "b").WithTableIn("a", "rtb-a").WithTableIn("b", "rtb-b");

        Changes(TestSpec.Of(TestSpec.Entry(X, 1, 2) with { Select = RouterSelectionMode.Zone }), vpc).Should().Equal("Create rtb-a 10.1.0.0/16 eni-1", "Create rtb-b 10.1.0.0/16 eni-2");
    }

    [Test]
    public void Plan_ZoneWhoseHostFailed_TakesOneOfAnother()
    {
        var vpc = new TestVpc().WithHost(1, "a").WithHost(2, "b").WithTableIn("a", "rtb-a", TestVpc.Via(X, "eni-1")).WithTableIn("b", "rtb-b", TestVpc.Via(X, "eni-2"));

        Changes(TestSpec.Of(TestSpec.Entry(X, 1, 2) with { Select = RouterSelectionMode.Zone }), vpc, TestSpec.Failed(1)).Should().Equal("Failover rtb-a 10.1.0.0/16 eni-2");
    }

    [Test]
    public void Plan_RandomWithOneSeed_IsRepeatable()
    {
        var spec = TestSpec.Of([.. Enumerable.Range(0, 50).Select(i => TestSpec.Entry($"10.{i}.0.0/16", 1, 2, 3) with { Select = RouterSelectionMode.Random })]);
        var vpc = TestVpc.WithHosts(3).WithTable("rtb-1");

        Changes(spec, vpc).Should().Equal(Changes(spec, vpc));
    }

    [Test]
    public void Plan_RandomWithAnotherSeed_DrawsDifferently()
    {
        var spec = TestSpec.Of([.. Enumerable.Range(0, 50).Select(i => TestSpec.Entry($"10.{i}.0.0/16", 1, 2, 3) with { Select = RouterSelectionMode.Random })]);
        var vpc = TestVpc.WithHosts(3).WithTable("rtb-1");

        Changes(spec, vpc, policy: new RoutePolicy { RandomSeed = 7 }).Should().NotEqual(Changes(spec, vpc));
    }

    [Test]
    public void Plan_ChangesOfEveryKind_AreOrderedByUrgency()
    {
        var vpc = TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via("10.9.0.0/16", "eni-1"), TestVpc.Via("10.2.0.0/16", "eni-3"), TestVpc.Via("10.1.0.0/16", "eni-1"));
        var spec = TestSpec.Of(TestSpec.Entry("10.2.0.0/16", 2), TestSpec.Entry("10.3.0.0/16", 2), TestSpec.Entry("10.1.0.0/16", 1, 2));

        RoutePlanner.Plan(spec, TestSpec.Failed(1), vpc.Snapshot(), new RoutePolicy()).Changes.Select(change => change.Kind)
            .Should().Equal(RouteChangeKind.Failover, RouteChangeKind.Create, RouteChangeKind.Repair, RouteChangeKind.Delete);
    }

    [TestCase(1, 5)]
    [TestCase(2, 7)]
    public void Plan_HostFailedOrQuestionable_CarriesTheTimeOfItsVerdict(int host, int second)
    {
        var spec = TestSpec.Of(X, 1, 2, 3);
        var health = HealthHistory.Empty.WithHosts(spec.Hosts, TestVpc.Start).WithReport(ReportAt(5, [1], [])).WithReport(ReportAt(7, [1], [2])).WithReport(ReportAt(9, [1], [2]));

        RoutePlanner.Plan(spec, health, TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(X, $"eni-{host}")).Snapshot(), new RoutePolicy(), TestVpc.Start.AddSeconds(10))
            .Changes.Single().VerdictAt.Should().Be(TestVpc.Start.AddSeconds(second));
    }

    [Test]
    public void Plan_FallbackLeft_CarriesTheTimeOfTheHostsReturn()
    {
        var spec = WithFallback(1);
        var health = HealthHistory.Empty.WithHosts(spec.Hosts, TestVpc.Start).WithReport(ReportAt(5, [1], [])).WithReport(ReportAt(8, [], []));

        RoutePlanner.Plan(spec, health, TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, Nat)).Snapshot(), new RoutePolicy(), TestVpc.Start.AddSeconds(10))
            .Changes.Single().VerdictAt.Should().Be(TestVpc.Start.AddSeconds(8));
    }

    [TestCase("eni-1")]
    [TestCase("eni-9")]
    public void Plan_NoHostsHealthIsTheCause_CarriesNoVerdict(string networkInterface) =>
        RoutePlanner.Plan(TestSpec.Of(X, 2), TestSpec.Failed(), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, networkInterface)).Snapshot(), new RoutePolicy())
            .Changes.Single().VerdictAt.Should().BeNull();

    private static HealthReport ReportAt(int second, IEnumerable<int> failed, IEnumerable<int> questionable) =>
        new(failed.Select(TestSpec.Host), questionable.Select(TestSpec.Host), TestVpc.Start.AddSeconds(second), "test");

    private static RouteSpec WithFallback(params int[] hosts) => TestSpec.Of(TestSpec.Entry(X, hosts) with { Fallback = Nat });

    private static IEnumerable<string> Changes(RouteSpec spec, TestVpc vpc, HealthReport? health = null, RoutePolicy? policy = null) =>
        RoutePlanner.Plan(spec, health ?? HealthReport.AllHealthy, vpc.Snapshot(), policy ?? new RoutePolicy()).Changes
            .Select(change => $"{change.Kind} {change.RouteTableId} {change.Destination} {change.To}");
}
