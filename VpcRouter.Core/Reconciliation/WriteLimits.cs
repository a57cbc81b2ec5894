namespace VpcRouter.Reconciliation;

/// <summary>How fast routes may be written. The defaults are EC2's published buckets for calls that change something. Immutable.</summary>
public sealed record WriteLimits
{
    /// <summary>How many writes of one action may go at once after a pause. Default: 50, as EC2's bucket.</summary>
    public int Burst { get; init; } = 50;

    /// <summary>How many writes of one action go per second after that. Default: 5, as EC2's bucket refills.</summary>
    public double PerSecond { get; init; } = 5;

    /// <summary>How many writes of one action may be under way at once. Default: 32.</summary>
    public int Concurrency { get; init; } = 32;
}
