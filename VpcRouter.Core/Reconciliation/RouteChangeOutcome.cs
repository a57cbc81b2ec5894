using VpcRouter.Reconciliation.Writing;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>What came of a change. Immutable.</summary>
/// <param name="Change">The change.</param>
/// <param name="At">When the answer came.</param>
/// <param name="Error">The failure, or <see langword="null"/> when the write succeeded.</param>
public sealed record RouteChangeOutcome(RouteChange Change, DateTimeOffset At, VpcApiException? Error)
{
    /// <summary>When the request was begun.</summary>
    public DateTimeOffset RequestedAt { get; init; } = At;

    /// <summary>The API action that was answered; a replace of a missing route goes on as a create.</summary>
    internal WriteAction Action { get; init; } = RouteCalls.ActionOf(Change.Kind);

    /// <summary>Whether the write succeeded.</summary>
    public bool Succeeded => Error is null;
}
