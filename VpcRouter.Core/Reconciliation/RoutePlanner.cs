using System.Collections.Immutable;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Compares spec, health and snapshot and says what to change. Pure: no clock, no I/O; the same input gives the same plan,
/// and a plan that was carried out leaves an empty one. Thread-safe.
/// </summary>
public static class RoutePlanner
{
    /// <summary>Makes a plan.</summary>
    /// <param name="spec">The desired state.</param>
    /// <param name="health">Which hosts can be used.</param>
    /// <param name="snapshot">The VPC as it is.</param>
    /// <param name="policy">Which routes are managed.</param>
    /// <param name="isOurs">Whether VpcRouter is known to have written a route; asked for default routes that the spec doesn't name. <see langword="null"/>: it never has.</param>
    public static RoutePlan Plan(RouteSpec spec, HealthReport health, VpcSnapshot snapshot, RoutePolicy policy, Func<string, RouteDestination, bool>? isOurs = null) =>
        Plan(spec, health, snapshot, policy, isOurs, []);

    /// <summary>Makes a plan, for an empty spec in the tables that were managed before: it names no hosts that would tell which those are.</summary>
    internal static RoutePlan Plan(
        RouteSpec spec,
        HealthReport health,
        VpcSnapshot snapshot,
        RoutePolicy policy,
        Func<string, RouteDestination, bool>? isOurs,
        ImmutableArray<string> managedBefore)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policy);
        using var routers = new RouterChoice(spec, health, snapshot, policy, managedBefore);
        var comparison = new RouteTableComparison(spec, snapshot, policy, routers, isOurs ?? ((_, _) => false));
        for (var table = 0; table < routers.ManagedTables.Length; table++)
            comparison.Compare(table);
        return new RoutePlan(
            comparison.Changes.ToImmutable(),
            [.. PlanWarnings.Of(spec, snapshot, policy, routers), .. comparison.Warnings],
            [.. routers.ManagedTables.Select(table => table.Id)]);
    }
}
