using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting.Events;

/// <summary>EC2 answered a write.</summary>
/// <param name="Outcome">What was written, when it was asked for, and what came of it.</param>
public sealed record WriteEvent(RouteChangeOutcome Outcome) : RouterEvent(Outcome.At);
