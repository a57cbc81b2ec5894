namespace VpcRouter.Reconciliation;

/// <summary>The router of a destination in a table, and the rule that made it so.</summary>
/// <param name="Router">The router; <see langword="null"/> when no host is usable.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="ReturnsAt">When the route may next return to a host that it prefers to this one; <see langword="null"/> when it won't.</param>
internal readonly record struct RouterDecision(RouterCandidate? Router, DecidingRule Rule, DateTimeOffset? ReturnsAt = null);
