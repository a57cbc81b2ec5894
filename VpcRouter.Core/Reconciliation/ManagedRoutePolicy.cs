using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Whether a route of a managed table is VpcRouter's to change. No other route is ever touched.</summary>
internal static class ManagedRoutePolicy
{
    /// <summary>Whether a route that the spec doesn't name may be deleted.</summary>
    public static bool IsManaged(PlanningInput input, RouteTable table, Route route) =>
        route.IsCreated
        && ((PointsAtHost(route.Target) && !route.Destination.IsDefaultRoute) || input.IsOurs(table.Id, route))
        && input.Policy.Allows(route.Destination, isInSpec: false);

    /// <summary>Whether a route that an entry of the spec names may be pointed elsewhere.</summary>
    /// <remarks>
    /// The entry's own fallback counts whoever wrote it, since the spec names destination and target. Another target that is no host counts
    /// when we wrote it: the entry has had another fallback, or none any more.
    /// </remarks>
    public static bool IsManaged(PlanningInput input, RouteTable table, Route route, RouteEntry entry) =>
        route.IsCreated
        && (PointsAtHost(route.Target)
            || route is { State: RouteState.Blackhole, Target.Kind: RouteTargetKind.None }
            || (entry.Fallback is { } fallback && route.Target == fallback)
            || input.IsOurs(table.Id, route));

    // An interface, or an instance where EC2 names no interface.
    internal static bool PointsAtHost(RouteTarget target) => target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;
}
