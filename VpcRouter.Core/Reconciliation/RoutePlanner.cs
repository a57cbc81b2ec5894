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
    /// <summary>Makes a plan from a health report alone: each host counts as being what it is since the report was made, and the time is the snapshot's.</summary>
    /// <param name="spec">The desired state.</param>
    /// <param name="health">Which hosts can be used.</param>
    /// <param name="snapshot">The VPC as it is.</param>
    /// <param name="policy">Which routes are managed.</param>
    /// <param name="isOurs">Whether VpcRouter is known to have written a route of a table as it is now; see the other overload.</param>
    public static RoutePlan Plan(RouteSpec spec, HealthReport health, VpcSnapshot snapshot, RoutePolicy policy, Func<string, Route, bool>? isOurs = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(snapshot);
        return Plan(spec, HealthHistory.Of(spec.Hosts, health), snapshot, policy, snapshot.TakenAt, isOurs);
    }

    /// <summary>Makes a plan.</summary>
    /// <param name="spec">The desired state.</param>
    /// <param name="health">Which hosts can be used, and since when.</param>
    /// <param name="snapshot">The VPC as it is.</param>
    /// <param name="policy">Which routes are managed.</param>
    /// <param name="now">The time, against which ages are measured.</param>
    /// <param name="isOurs">
    /// Whether VpcRouter is known to have written a route of a table (by id) as it is now, target included. Asked for default routes that the
    /// spec doesn't name, and for routes to something that is no host. <see langword="null"/>: it never has.
    /// </param>
    public static RoutePlan Plan(RouteSpec spec, HealthHistory health, VpcSnapshot snapshot, RoutePolicy policy, DateTimeOffset now, Func<string, Route, bool>? isOurs = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policy);
        var input = new PlanningInput(spec, health, snapshot, policy, now);
        return Plan(isOurs is null ? input : input with { IsOurs = isOurs });
    }

    /// <summary>Says why the routes to a destination are what they are, and what a plan made from the same input does about them.</summary>
    /// <param name="destination">The destination; it needn't be in the spec.</param>
    /// <param name="spec">The desired state.</param>
    /// <param name="health">Which hosts can be used, and since when.</param>
    /// <param name="snapshot">The VPC as it is.</param>
    /// <param name="policy">Which routes are managed.</param>
    /// <param name="now">The time, against which ages are measured.</param>
    /// <param name="isOurs">Whether VpcRouter is known to have written a route of a table as it is now; <see langword="null"/>: it never has.</param>
    public static RouteExplanation Explain(
        RouteDestination destination,
        RouteSpec spec,
        HealthHistory health,
        VpcSnapshot snapshot,
        RoutePolicy policy,
        DateTimeOffset now,
        Func<string, Route, bool>? isOurs = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policy);
        var input = new PlanningInput(spec, health, snapshot, policy, now);
        return Explain(isOurs is null ? input : input with { IsOurs = isOurs }, destination);
    }

    internal static RouteExplanation Explain(PlanningInput input, RouteDestination destination)
    {
        using var routers = new RouterChoice(input);
        return new RouteExplainer(input, routers, Plan(input, routers), destination).Explain();
    }

    internal static RoutePlan Plan(PlanningInput input)
    {
        using var routers = new RouterChoice(input);
        return Plan(input, routers);
    }

    private static RoutePlan Plan(PlanningInput input, RouterChoice routers)
    {
        var comparison = new RouteTableComparison(input, routers);
        for (var table = 0; table < routers.ManagedTables.Length; table++)
            comparison.Compare(table);
        var tooManyDeletions = DeleteGuard.Check(input.Policy.MaxDeletes, comparison.Changes.Of(RouteChangeKind.Delete), comparison.ManagedRoutes);
        if (tooManyDeletions is not null)
            comparison.Changes.Clear(RouteChangeKind.Delete);
        var panic = routers.Panic is { } on ? new HeldBackChanges(PanicGuard.Name, on.Message, [.. comparison.HeldInPanic]) : null;
        return new RoutePlan(
            comparison.Changes.ToImmutable(),
            [.. PlanWarnings.Of(input, routers), .. comparison.Warnings],
            [.. routers.ManagedTables.Select(table => table.Id)])
        {
            HeldBack = tooManyDeletions is null && panic is null ? [] : [.. new[] { tooManyDeletions, panic }.OfType<HeldBackChanges>()],
            // Nothing returns during a panic, so its end is what comes next.
            PlanAgainAt = routers.Panic?.Until ?? comparison.NextReturnAt,
        };
    }
}
