using System.Collections.Frozen;
using System.Net;

namespace VpcRouter.Health;

/// <summary>The full lists of failed and questionable hosts. Never a delta. Immutable and thread-safe.</summary>
public sealed class HealthReport
{
    /// <summary>Makes a report.</summary>
    /// <param name="failed">Every failed host.</param>
    /// <param name="questionable">Every questionable host; one that is also failed counts as failed.</param>
    /// <param name="observedAt">When the verdict fell.</param>
    /// <param name="observer">Who saw it: the name of the monitor.</param>
    public HealthReport(IEnumerable<IPAddress> failed, IEnumerable<IPAddress> questionable, DateTimeOffset observedAt, string observer)
    {
        Failed = failed.ToFrozenSet();
        Questionable = questionable.Where(host => !Failed.Contains(host)).ToFrozenSet();
        ObservedAt = observedAt;
        Observer = observer;
    }

    /// <summary>A report in which nobody has failed.</summary>
    public static HealthReport AllHealthy { get; } = new([], [], DateTimeOffset.UnixEpoch, "none");

    /// <summary>The failed hosts.</summary>
    public IReadOnlySet<IPAddress> Failed { get; }

    /// <summary>The questionable hosts, none of them failed.</summary>
    public IReadOnlySet<IPAddress> Questionable { get; }

    /// <summary>When the verdict fell.</summary>
    public DateTimeOffset ObservedAt { get; }

    /// <summary>Who saw it.</summary>
    public string Observer { get; }

    /// <summary>What the report says of a host.</summary>
    public HealthState StateOf(IPAddress host) =>
        Failed.Contains(host) ? HealthState.Failed : Questionable.Contains(host) ? HealthState.Questionable : HealthState.Healthy;

    /// <summary>Whether both reports name the same hosts.</summary>
    public bool SaysTheSameAs(HealthReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Failed.SetEquals(other.Failed) && Questionable.SetEquals(other.Questionable);
    }
}
