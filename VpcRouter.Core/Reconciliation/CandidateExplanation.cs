using System.Net;
using VpcRouter.Health;

namespace VpcRouter.Reconciliation;

/// <summary>A host of a spec's entry, and whether it may be the router now. Immutable.</summary>
/// <param name="Host">The host.</param>
/// <param name="CanBeChosen">Whether it is among those that the selection chooses from.</param>
/// <param name="Reason">Why it can or can't be chosen, in words that an operator understands.</param>
public sealed record CandidateExplanation(IPAddress Host, bool CanBeChosen, string Reason)
{
    /// <summary>The interface that carries the host; <see langword="null"/> when none does.</summary>
    public string? InterfaceId { get; init; }

    /// <summary>The instance that the interface is attached to, as far as EC2 names it.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The interface's availability zone.</summary>
    public string? Zone { get; init; }

    /// <summary>What the newest health report says of it.</summary>
    public HealthState Health { get; init; }

    /// <summary>Since when it says so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How long it has said so.</summary>
    public TimeSpan? Age { get; init; }
}
