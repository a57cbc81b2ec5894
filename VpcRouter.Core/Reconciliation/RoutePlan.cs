using System.Collections.Immutable;

namespace VpcRouter.Reconciliation;

/// <summary>The changes that lead from a snapshot to the spec, each with its reason. Immutable.</summary>
/// <param name="Changes">The changes, most urgent first.</param>
/// <param name="Warnings">What an operator should know and the plan can't mend, one sentence each.</param>
/// <param name="ManagedRouteTableIds">The route tables that serve a host of the spec.</param>
public sealed record RoutePlan(ImmutableArray<RouteChange> Changes, ImmutableArray<string> Warnings, ImmutableArray<string> ManagedRouteTableIds)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Changes.IsEmpty;
}
