using CsCheck;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>What holds for every VPC, spec and health report.</summary>
public sealed class RoutePlannerProperties
{
    private const int Cases = 5000;

    [Test]
    public void Plan_CarriedOut_LeavesAnEmptyPlan() =>
        RandomCase.Any.Sample(test => test.Plan(test.Apply(test.Plan())).Changes.Should().BeEmpty(), iter: Cases);

    [Test]
    public void Plan_SameInput_GivesTheSamePlan() =>
        RandomCase.Any.Sample(test => test.Plan().Changes.Should().Equal(test.Plan().Changes), iter: Cases);

    [Test]
    public void Plan_CarriedOut_PointsNoSpecRouteAtAFailedHostWhileAnotherIsUsable() => RandomCase.Any.Sample(test =>
    {
        var after = test.Apply(test.Plan());
        foreach (var (table, route, entry) in ManagedRoutes(test, after))
        {
            var usable = entry.Hosts.Where(host => test.Health.StateOf(host) != HealthState.Failed && after.InterfaceOf(host) is { IsInstanceRunning: true }).ToList();
            if (usable.Count > 0)
                usable.Select(host => after.InterfaceOf(host)!.Id).Should().Contain(route.Target.Id, "{0} in {1} must lead to a usable host", route.Destination, table.Id);
        }
    }, iter: Cases);

    [Test]
    public void Plan_AnyInput_TouchesNoUnmanagedRoute() => RandomCase.Any.Sample(test =>
    {
        foreach (var change in test.Plan().Changes)
        {
            var table = test.Vpc.Snapshot().RouteTables.Single(table => table.Id == change.RouteTableId);
            table.IsEdge.Should().BeFalse();
            if (change.From is not { } from)
                continue;
            var entry = test.Spec.Entries.SingleOrDefault(entry => entry.Destination == change.Destination);
            var isManaged = from.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance || (entry is not null && (from == entry.Fallback || from.Kind == RouteTargetKind.None));
            isManaged.Should().BeTrue("{0} must not be touched", from);
            table.Routes.Should().Contain(route => route.IsCreated && route.Destination == change.Destination && route.Target == from);
        }
    }, iter: Cases);

    [Test]
    public void Plan_CarriedOut_GivesADestinationOneRouterUnlessByZone() => RandomCase.Any.Sample(test =>
    {
        var after = test.Apply(test.Plan());
        foreach (var routes in ManagedRoutes(test, after).Where(item => item.Entry.Select != RouterSelectionMode.Zone && HasUsable(test, after, item.Entry)).GroupBy(item => item.Entry.Destination))
            routes.Select(item => item.Route.Target).Distinct().Should().ContainSingle();
    }, iter: Cases);

    [Test]
    public void Plan_RouterHealthyInAllTables_ChangesNothing() => RandomCase.Any.Sample(test =>
    {
        var settled = test.Apply(test.Plan());
        var nobodyElse = test with { Health = new HealthReport(test.Health.Failed, [], TestVpc.Start, "test") };

        foreach (var change in nobodyElse.Plan(settled).Changes.Where(change => change.OldRouter is { } old && settled.InterfaceOf(old) is { IsInstanceRunning: true } && change.Kind != RouteChangeKind.Delete && change.From?.Kind == RouteTargetKind.NetworkInterface))
            test.Health.StateOf(change.OldRouter!).Should().NotBe(HealthState.Healthy, "a healthy router keeps its routes: {0}", change);
    }, iter: Cases);

    private static bool HasUsable(RandomCase test, VpcSnapshot after, RouteEntry entry) =>
        entry.Hosts.Any(host => test.Health.StateOf(host) != HealthState.Failed && after.InterfaceOf(host) is { IsInstanceRunning: true });

    private static IEnumerable<(RouteTable Table, Route Route, RouteEntry Entry)> ManagedRoutes(RandomCase test, VpcSnapshot snapshot)
    {
        var managed = test.Plan(snapshot).ManagedRouteTableIds;
        return from table in snapshot.RouteTables
               where managed.Contains(table.Id)
               from route in table.Routes
               where route.IsCreated && route.Target.Kind == RouteTargetKind.NetworkInterface
               join entry in test.Spec.Entries on route.Destination equals entry.Destination
               where entry.RouteTables.IsEmpty || entry.RouteTables.Contains(table.Id)
               select (table, route, entry);
    }
}
