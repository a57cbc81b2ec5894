using System.Net;

namespace VpcRouter.Monitors.Probing;

/// <summary>A host's place in the schedule. Belongs to the one loop that runs the schedule.</summary>
internal sealed class HostProbe(IPAddress host)
{
    public IPAddress Host { get; } = host;

    /// <summary>When the running or last probe began.</summary>
    public TimeSpan StartedAt { get; set; }

    public bool InFlight { get; set; }

    /// <summary>Not in the host list any more.</summary>
    public bool Removed { get; set; }

    /// <summary>Whether the probe in flight belongs to an earlier life of the host, so that its result counts for nothing.</summary>
    public bool Stale { get; set; }

    /// <summary>The host's slot in the first regular round; <see langword="null"/> once used.</summary>
    public TimeSpan? FirstRound { get; set; }

    /// <summary>Whether the result of the probe in flight counts: its host is, and has been all the while, in the list.</summary>
    public bool Counts => !Removed && !Stale;

    /// <summary>Made for each probe and disposed by the loop after it, so that cancelling never races with disposing.</summary>
    public CancellationTokenSource? Deadline { get; set; }

    /// <summary>The probe in flight, or the last; never faults.</summary>
    public Task Running { get; set; } = Task.CompletedTask;
}
