using System.Collections.Immutable;

namespace VpcRouter.Reconciliation;

/// <summary>The changes that lead from a snapshot to the spec, each with its reason. Immutable.</summary>
/// <param name="Changes">The changes, most urgent first.</param>
/// <param name="Warnings">What an operator should know and the plan can't mend, one sentence each.</param>
/// <param name="ManagedRouteTableIds">The route tables that serve a host of the spec.</param>
public sealed record RoutePlan(ImmutableArray<RouteChange> Changes, ImmutableArray<string> Warnings, ImmutableArray<string> ManagedRouteTableIds)
{
    /// <summary>What the guards keep the plan from doing: one element for each guard that is on.</summary>
    public ImmutableArray<HeldBackChanges> HeldBack { get; init; } = [];

    /// <summary>
    /// When time alone asks for another plan, because a route may return to its preferred host or a panic is over;
    /// <see langword="null"/> while only news can change anything.
    /// </summary>
    public DateTimeOffset? PlanAgainAt { get; init; }

    /// <summary>The number of the look that a reconciler made it from.</summary>
    internal int Look { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>Whether a guard keeps the plan from doing something.</summary>
    public bool HoldsBack => HeldBack.Any(guard => !guard.Changes.IsEmpty);

    /// <summary>Whether the routes are as they should be: there is nothing to do, and nothing is held back.</summary>
    public bool IsInLine => IsEmpty && !HoldsBack;
}
