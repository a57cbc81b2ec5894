using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Brings ordered and zone routes back to the host that they prefer, once it has been healthy for the entry's failback time. A host
/// that fails meanwhile begins anew, for its health history does.
/// </summary>
internal sealed class Failback(PlanningInput input, bool isPanic)
{
    // Without a report nobody knows whether a host is healthy, and in a panic nobody believes it.
    private readonly bool _isPossible = input.Health.Report is not null && !isPanic;

    /// <summary>Decides whether a route leaves a healthy router for one that it prefers.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="candidates">The entry's hosts.</param>
    /// <param name="router">The router that it would otherwise keep.</param>
    /// <param name="zone">The table's zone; it matters only for <see cref="RouterSelectionMode.Zone"/>.</param>
    public RouterDecision Decide(RouteEntry entry, ReadOnlySpan<RouterCandidate> candidates, RouterCandidate router, string? zone)
    {
        var kept = new RouterDecision(router, DecidingRule.Sticky);
        if (!_isPossible || entry.Failback is not { } wait || router.Health != HealthState.Healthy)
            return kept;
        RouterCandidate? best = null;
        DateTimeOffset? next = null;
        foreach (var candidate in candidates)
        {
            if (entry.Select == RouterSelectionMode.Ordered && (ReferenceEquals(candidate, router) || best is not null))
                break;
            if (!IsPreferred(entry, candidate, router, zone) || input.Health.Since(candidate.Address) is not { } since)
                continue;
            var due = since + wait;
            if (due > input.Now)
                next = next < due ? next : due;
            else if (best is null || RouterSelection.Rank(entry.Destination, candidate.Address, 0) > RouterSelection.Rank(entry.Destination, best.Address, 0))
                best = candidate;
        }

        // In a zone any host will do; in an order there may be a still better one to come.
        if (best is not null && entry.Select == RouterSelectionMode.Zone)
            next = null;
        return best is null ? kept with { ReturnsAt = next } : new RouterDecision(best, DecidingRule.Failback, next);
    }

    private static bool IsPreferred(RouteEntry entry, RouterCandidate candidate, RouterCandidate router, string? zone) =>
        candidate.IsUsableAs(HealthState.Healthy) && entry.Select switch
        {
            RouterSelectionMode.Ordered => true,
            RouterSelectionMode.Zone => zone is not null && candidate.Interface!.Zone == zone && router.Interface!.Zone != zone,
            _ => false,
        };
}
