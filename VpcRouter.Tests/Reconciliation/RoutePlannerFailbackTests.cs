using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using static VpcRouter.Tests.Support.HealthTimeline;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>When a route returns to the host that it prefers: R9. Hosts 1, 2 and 3 in this order, failback after 60 s.</summary>
internal sealed class RoutePlannerFailbackTests
{
    private const string X = "10.1.0.0/16";
    private static readonly RouteSpec Ordered = Spec(RouterSelectionMode.Ordered);
    private static readonly RouteSpec Zone = Spec(RouterSelectionMode.Zone);

    [Test]
    public void Plan_PreferredHealthyForTheTime_Returns() =>
        Plan(Ordered, Back(Ordered, 1, at: 10), On(2), 70).Changes.Select(change => (change.Kind, change.To!.Value.Id)).Should().Equal((RouteChangeKind.Repair, "eni-1"));

    [Test]
    public void Plan_PreferredNotHealthyForTheTime_SaysWhenItReturns()
    {
        var plan = Plan(Ordered, Back(Ordered, 1, at: 10), On(2), 69.9);

        (plan.IsEmpty, plan.PlanAgainAt).Should().Be((true, At(70)));
    }

    [Test]
    public void Plan_PreferredReturns_SaysWhyAndSinceWhen()
    {
        var change = Plan(Ordered, Back(Ordered, 1, at: 10), On(2), 70).Changes.Single();

        (change.Reason, change.VerdictAt).Should().Be(("10.0.0.1 is preferred to 10.0.0.2 and has been healthy for the failback time of 60 s", At(10)));
    }

    [Test]
    public void Plan_PreferredFlaps_BeginsAnew() =>
        Plan(Ordered, Back(Ordered, 1, at: 10).Then(50, 1).Then(55), On(2), 100).PlanAgainAt.Should().Be(At(115));

    [Test]
    public void Plan_FailbackNever_Stays()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1, 2, 3) with { Select = RouterSelectionMode.Ordered });

        Plan(spec, Back(spec, 1, at: 10), On(2), 1_000_000).Should().Match<RoutePlan>(plan => plan.IsEmpty && plan.PlanAgainAt == null);
    }

    [TestCase(RouterSelectionMode.Spread)]
    [TestCase(RouterSelectionMode.Random)]
    public void Plan_SelectionPrefersNobody_Stays(RouterSelectionMode select)
    {
        var spec = Spec(select);

        for (var router = 1; router <= 3; router++)
            Plan(spec, Begin(spec), On(router), 1_000_000).IsEmpty.Should().BeTrue();
    }

    [Test]
    public void Plan_FirstIsNotDueButSecondIs_TakesTheSecondAndWaitsForTheFirst()
    {
        var plan = Plan(Ordered, Begin(Ordered).Then(5, 1, 2).Then(10, 1).Then(40), On(3), 75);

        (plan.Changes.Single().To!.Value.Id, plan.PlanAgainAt).Should().Be(("eni-2", At(100)));
    }

    [Test]
    public void Plan_RouterFailsBeforeTheTime_TakesTheFirstAtOnce() =>
        Plan(Ordered, Begin(Ordered).Then(5, 1).Then(10, 2), On(2), 11).Changes.Single().To!.Value.Id.Should().Be("eni-1");

    [Test]
    public void Plan_PreferredIsQuestionable_Stays() =>
        Plan(Ordered, Begin(Ordered).ThenQuestionable(5, 1), On(2), 1000).Should().Match<RoutePlan>(plan => plan.IsEmpty && plan.PlanAgainAt == null);

    [Test]
    public void Plan_NoReportYet_Stays() =>
        Plan(Ordered, HealthHistory.Empty.WithHosts(Ordered.Hosts, TestVpc.Start), On(2), 1000).IsEmpty.Should().BeTrue();

    [Test]
    public void Plan_TwoTables_ReturnTogether() =>
        Plan(Ordered, Back(Ordered, 1, at: 10), On(2).WithTable("rtb-2", TestVpc.Via(X, "eni-3")), 70).Changes.Select(change => change.To!.Value.Id).Should().Equal("eni-1", "eni-1");

    [Test]
    public void Plan_ZoneHostHealthyForTheTime_Returns() =>
        Plan(Zone, Back(Zone, 1, at: 10), Zones("eni-2"), 70).Changes.Select(change => (change.RouteTableId, change.To!.Value.Id)).Should().Equal(("rtb-a", "eni-1"));

    [Test]
    public void Plan_ZoneHostNotHealthyForTheTime_SaysWhenItReturns() => Plan(Zone, Back(Zone, 1, at: 10), Zones("eni-2"), 69).PlanAgainAt.Should().Be(At(70));

    [Test]
    public void Plan_RouterInItsZone_StaysThoughAnotherRanksHigher()
    {
        var vpc = new TestVpc().WithHost(1, "a").WithHost(2, "a").WithHost(3, "a");

        for (var router = 1; router <= 3; router++)
            Plan(Zone, Begin(Zone), vpc.WithTableIn("a", "rtb-a", TestVpc.Via(X, $"eni-{router}")), 1000).Should().Match<RoutePlan>(plan => plan.IsEmpty && plan.PlanAgainAt == null);
    }

    [Test]
    public void Plan_FallbackStandsIn_IsLeftWithoutWaiting()
    {
        var nat = new VpcRouter.Vpc.RouteTarget(VpcRouter.Vpc.RouteTargetKind.NatGateway, "nat-1");
        var spec = TestSpec.Of(Ordered.Entries[0] with { Fallback = nat });

        Plan(spec, Begin(spec).Then(5, 1, 2, 3).Then(10, 1, 2), TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.To(X, nat)), 10).Changes.Single().To!.Value.Id.Should().Be("eni-3");
    }

    private static RouteSpec Spec(RouterSelectionMode select) =>
        TestSpec.Of(TestSpec.Entry(X, 1, 2, 3) with { Select = select, Failback = TimeSpan.FromSeconds(60) });

    private static HealthHistory Back(RouteSpec spec, int host, int at) => Begin(spec).Then(at - 5, host).Then(at);

    private static TestVpc On(int router) => TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(X, $"eni-{router}"));

    private static TestVpc Zones(string routerInA) =>
        new TestVpc().WithHost(1, "a").WithHost(2, "b").WithHost(3, "c").WithTableIn("a", "rtb-a", TestVpc.Via(X, routerInA)).WithTableIn("b", "rtb-b", TestVpc.Via(X, "eni-2"));

    private static RoutePlan Plan(RouteSpec spec, HealthHistory health, TestVpc vpc, double second) =>
        RoutePlanner.Plan(spec, health, vpc.Snapshot(), new RoutePolicy(), At(second));
}
