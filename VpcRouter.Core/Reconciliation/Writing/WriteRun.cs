using System.Collections.Immutable;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>A plan's changes being carried out. Immutable.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="Look">The number of the look that the plan was made from.</param>
/// <param name="IsTold">Whether each that is done is worth a line at the default level.</param>
/// <param name="OnOutcome">Told of each outcome.</param>
/// <param name="Superseded">When cancelled, no further write is begun.</param>
internal sealed record WriteRun(ImmutableArray<RouteChange> Changes, int Look, bool IsTold, Action<RouteChangeOutcome>? OnOutcome, CancellationToken Superseded);
