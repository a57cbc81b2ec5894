namespace VpcRouter.Probing;

/// <summary>How often and how patiently hosts are probed. Immutable.</summary>
/// <param name="Interval">The longest time between two probes of a host; 0.1 s to an hour is sensible.</param>
/// <param name="Timeout">How long an answer may take. Independent of the interval.</param>
public sealed record ProbeTiming(TimeSpan Interval, TimeSpan Timeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>The timing of a monitor whose time-out may be left out.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="timeout">The time-out; <see langword="null"/> means 500 ms or the interval, whichever is less.</param>
    public static ProbeTiming Of(TimeSpan interval, TimeSpan? timeout) =>
        new(interval, timeout ?? (interval < DefaultTimeout ? interval : DefaultTimeout));
}
