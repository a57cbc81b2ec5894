using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>Which default routes and which routes to fallbacks are ours: R1, where target and destination don't tell.</summary>
internal sealed class RoutePlannerOwnershipTests
{
    private const string X = "10.1.0.0/16";
    private const string Y = "10.2.0.0/16";
    private static readonly RouteTarget OldNat = new(RouteTargetKind.NatGateway, "nat-1");
    private static readonly RouteTarget NewNat = new(RouteTargetKind.NatGateway, "nat-2");

    [Test]
    public void Plan_OurFallbackAndDestinationLeftTheSpec_IsDeleted() =>
        Changes(TestSpec.Of(Y, 1), OldNat).Should().Equal("Delete 10.1.0.0/16 ");

    [Test]
    public void Plan_OthersRouteToAGatewayNotInTheSpec_Stays() => Changes(TestSpec.Of(Y, 1), OldNat, isOurs: false).Should().BeEmpty();

    [Test]
    public void Plan_OurFallbackAndEntryHasNoneAnyMore_GoesToAHost() =>
        Changes(TestSpec.Of(TestSpec.Entry(X, 1), TestSpec.Entry(Y, 1)), OldNat).Should().Equal("Repair 10.1.0.0/16 eni-1");

    [Test]
    public void Plan_OurFallbackAndEntryHasNoneAnyMoreAndNoHost_IsLeftAsItIs() =>
        Changes(TestSpec.Of(TestSpec.Entry(X, 1), TestSpec.Entry(Y, 2)), OldNat, failed: 1).Should().BeEmpty();

    [Test]
    public void Plan_OurFallbackAndEntryNamesAnother_GoesToThatOne() =>
        Changes(TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = NewNat }, TestSpec.Entry(Y, 2)), OldNat, failed: 1).Should().Equal("Repair 10.1.0.0/16 nat-2");

    [Test]
    public void Plan_OthersRouteAndEntryNamesAnotherFallback_IsLeftAlone() =>
        Changes(TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = NewNat }, TestSpec.Entry(Y, 1)), OldNat, isOurs: false).Should().BeEmpty();

    [Test]
    public void Plan_OurFallbackIgnoredByNow_IsLeftAlone() =>
        Changes(TestSpec.Of(Y, 1), OldNat, policy: new RoutePolicy { IgnoreRoutes = CidrList.Parse(X) }).Should().BeEmpty();

    [Test]
    public void Plan_InterfaceFallbackChanges_GoesToTheOther()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = RouteTarget.OfInterface("eni-3") }, TestSpec.Entry(Y, 2));

        Changes(spec, RouteTarget.OfInterface("eni-4"), failed: 1, isOurs: false).Should().Equal("Repair 10.1.0.0/16 eni-3");
    }

    [Test]
    public void Plan_InterfaceFallbackAndHostIsBack_SaysThatItIsLeft()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = RouteTarget.OfInterface("eni-4") });

        RoutePlanner.Plan(spec, TestSpec.Failed(), TestVpc.WithHosts(4).WithTable("rtb-1", TestVpc.Via(X, "eni-4")).Snapshot(), new RoutePolicy())
            .Changes.Single().Reason.Should().StartWith("a host is usable again, so the fallback eni-4 is left");
    }

    private static IEnumerable<string> Changes(RouteSpec spec, RouteTarget now, int failed = 9, bool isOurs = true, RoutePolicy? policy = null)
    {
        var vpc = TestVpc.WithHosts(4).WithTable("rtb-1", TestVpc.To(X, now), TestVpc.Via(Y, "eni-2"), TestVpc.Propagated("10.8.0.0/16"));
        return RoutePlanner.Plan(spec, TestSpec.Failed(failed), vpc.Snapshot(), policy ?? new RoutePolicy(), (_, route) => isOurs && route.Target == now)
            .Changes.Where(change => change.Destination.ToString() == X).Select(change => $"{change.Kind} {change.Destination} {change.To}");
    }
}
