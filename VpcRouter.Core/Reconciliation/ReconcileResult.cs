using System.Collections.Immutable;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>What a reconcile did. Immutable.</summary>
/// <param name="Plan">What was to be done.</param>
/// <param name="Outcomes">What came of each change that was begun.</param>
/// <param name="Snapshot">The VPC afterwards: what was seen, with the successful writes laid over it.</param>
public sealed record ReconcileResult(RoutePlan Plan, ImmutableArray<RouteChangeOutcome> Outcomes, VpcSnapshot Snapshot)
{
    /// <summary>Whether every change of the plan was carried out.</summary>
    public bool IsComplete => Outcomes.Length == Plan.Changes.Length && Outcomes.All(outcome => outcome.Succeeded);
}
