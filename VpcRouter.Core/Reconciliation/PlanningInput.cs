using System.Collections.Immutable;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Everything that a plan follows from. Immutable.</summary>
/// <param name="Spec">The desired state.</param>
/// <param name="Health">Which hosts can be used, and since when.</param>
/// <param name="Snapshot">The VPC as it is.</param>
/// <param name="Policy">Which routes are managed.</param>
/// <param name="Now">The time, against which ages are measured.</param>
internal sealed record PlanningInput(RouteSpec Spec, HealthHistory Health, VpcSnapshot Snapshot, RoutePolicy Policy, DateTimeOffset Now)
{
    /// <summary>Whether VpcRouter is known to have written a route of a table as it is now.</summary>
    public Func<string, Route, bool> IsOurs { get; init; } = static (_, _) => false;

    /// <summary>The tables that were managed before: an empty spec names no hosts that would tell which those are.</summary>
    public ImmutableArray<string> ManagedBefore { get; init; } = [];
}
