using System.Collections.Frozen;
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
    // EC2's words for a request that is wrong in itself.
    private static readonly FrozenSet<string> WrongInItself = FrozenSet.Create(
        StringComparer.Ordinal,
        "InvalidParameter",
        "InvalidParameterCombination",
        "InvalidParameterValue",
        "MissingParameter",
        "OperationNotPermitted",
        "UnknownParameter",
        "UnsupportedOperation",
        "ValidationError");

    /// <summary>What is left to do, each with its failure; without one it was never begun.</summary>
    public IReadOnlyList<(RouteChange Change, VpcApiException? Error)> Undone { get; } =
        [.. Status.Plan?.Changes.Select(change => (change, FailureOf(change, Status))) ?? []];

    /// <summary>Whether the VPC is as it should be.</summary>
    public bool IsInLine => Status.Plan is { IsInLine: true };

    /// <summary>Whether nothing is left to do but what trying again won't mend.</summary>
    public bool IsHopeless => Status.Plan is { IsEmpty: false } plan && plan.Changes.All(change => WaitingWontMend(change, Status));

    /// <summary>
    /// Whether a change failed for a reason that stays: a missing permission, a full table, or a request that is wrong in itself and still
    /// wanted after the VPC has been looked at again, since what it was made from may have been out of date. A table is full no more
    /// when a route has been deleted from it since.
    /// </summary>
    public static bool WaitingWontMend(RouteChange change, RouterStatus status) => FailureOf(change, status) is { } error && error.Kind switch
    {
        VpcApiErrorKind.Unauthorized => true,
        VpcApiErrorKind.RouteLimitExceeded => !IsThereRoom(change, status),
        _ => WrongInItself.Contains(error.Code) && status.Snapshot?.TakenAt > status.Outcomes[(change.RouteTableId, change.Destination)].At,
    };

    /// <summary>Why a change that is still wanted failed when it was last tried.</summary>
    public static VpcApiException? FailureOf(RouteChange change, RouterStatus status) =>
        status.Outcomes.TryGetValue((change.RouteTableId, change.Destination), out var outcome) && outcome.Change.To == change.To ? outcome.Error : null;

    private static bool IsThereRoom(RouteChange change, RouterStatus status)
    {
        var failedAt = status.Outcomes[(change.RouteTableId, change.Destination)].At;
        return status.Outcomes.Values.Any(other => other is { Succeeded: true, Change: { Kind: RouteChangeKind.Delete } deleted } && deleted.RouteTableId == change.RouteTableId && other.At >= failedAt);
    }
}
