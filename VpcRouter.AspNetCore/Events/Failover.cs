using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.AspNetCore.Events;

/// <summary>The routes of one router moving to others, from the verdict to the answer of the last write. Immutable.</summary>
/// <param name="Id">Names it; the same in every event about it.</param>
/// <param name="From">The host that was the router, or the target where it is no host.</param>
/// <param name="Host">The host that was the router; <see langword="null"/> where the target is none.</param>
/// <param name="DecidedAt">When the plan that moves its routes was made.</param>
/// <param name="Reason">Why, in the plan's words.</param>
internal sealed record Failover(string Id, string From, IPAddress? Host, DateTimeOffset DecidedAt, string Reason)
{
    /// <summary>When the verdict on the host fell; <see langword="null"/> when no verdict caused it.</summary>
    public DateTimeOffset? VerdictAt { get; init; }

    /// <summary>When the first write was begun.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When the first write was answered.</summary>
    public DateTimeOffset? FirstAnsweredAt { get; init; }

    /// <summary>When the last write so far was answered.</summary>
    public DateTimeOffset? LastAnsweredAt { get; init; }

    /// <summary>How many routes have moved.</summary>
    public int Moved { get; init; }

    /// <summary>How many routes are still to be moved.</summary>
    public int Remaining { get; init; }

    /// <summary>How many writes were refused.</summary>
    public int Refused { get; init; }

    /// <summary>The new routers, or new targets, each with how many routes it got.</summary>
    public ImmutableSortedDictionary<string, int> To { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public bool IsComplete => Remaining == 0;

    /// <summary>From the verdict to the plan.</summary>
    public double? DecisionMs => (DecidedAt - VerdictAt)?.TotalMilliseconds;

    /// <summary>From the first request to its answer.</summary>
    public double? ApiMs => (FirstAnsweredAt - RequestedAt)?.TotalMilliseconds;

    /// <summary>From the verdict, or where there was none from the plan, to the last answer.</summary>
    public double? TotalMs => (LastAnsweredAt - (VerdictAt ?? DecidedAt))?.TotalMilliseconds;
}
