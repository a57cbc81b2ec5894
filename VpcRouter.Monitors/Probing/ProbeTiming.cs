namespace VpcRouter.Monitors.Probing;

/// <summary>How often and how patiently hosts are probed.</summary>
/// <param name="Interval">The longest time between two probes of a host.</param>
/// <param name="Timeout">How long an answer may take.</param>
internal sealed record ProbeTiming(TimeSpan Interval, TimeSpan Timeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Without a time-out of its own, a probe gets 500 ms or the interval, whichever is less.</summary>
    public static ProbeTiming Of(TimeSpan interval, TimeSpan? timeout) =>
        new(interval, timeout ?? (interval < DefaultTimeout ? interval : DefaultTimeout));
}
