using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Apply;

/// <summary>What an apply came to. Immutable.</summary>
/// <param name="Status">The router's last state.</param>
/// <param name="Done">The writes that succeeded, in the order of their answers.</param>
/// <param name="IsInterrupted">Whether it was told to stop.</param>
internal sealed record ApplyResult(RouterStatus Status, IReadOnlyList<RouteChangeOutcome> Done, bool IsInterrupted)
{
    /// <summary>What is left to do, each with its failure; without one it was never begun.</summary>
    public IReadOnlyList<(RouteChange Change, VpcApiException? Error)> Undone { get; } =
        [.. Status.Plan?.Changes.Select(change => (change, FailureOf(change, Status))) ?? []];

    /// <summary>Whether the VPC is as it should be.</summary>
    public bool IsInLine => Status.Plan is { IsInLine: true };

    /// <summary>Why a change that is still wanted failed when it was last tried.</summary>
    public static VpcApiException? FailureOf(RouteChange change, RouterStatus status) =>
        status.Outcomes.TryGetValue((change.RouteTableId, change.Destination), out var outcome) && outcome.Change.To == change.To ? outcome.Error : null;
}
