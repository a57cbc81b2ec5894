namespace VpcRouter.Hosting;

/// <summary>
/// Tells whether the main loop turns: how long a wake-up has been waiting for it, and how long its turn takes. Goes by the monotonic
/// clock: a machine whose time is set right isn't stuck. Thread-safe.
/// </summary>
internal sealed class LoopPulse(TimeProvider time)
{
    /// <summary>A turn plans and nothing else, which takes milliseconds; one that takes this long is stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _wokenAt;
    private long? _turnBeganAt;
    private long? _turnEndedAt;

    /// <summary>Something happened that the loop must see.</summary>
    public void Woken()
    {
        lock (_lock)
            _wokenAt ??= time.GetTimestamp();
    }

    /// <summary>The loop takes up what happened.</summary>
    /// <returns>How long the first of it waited; <see langword="null"/> when nothing did.</returns>
    public TimeSpan? TurnBegan()
    {
        lock (_lock)
        {
            var waited = Since(_wokenAt);
            (_wokenAt, _turnBeganAt) = (null, time.GetTimestamp());
            return waited;
        }
    }

    public void TurnEnded()
    {
        lock (_lock)
            (_turnBeganAt, _turnEndedAt) = (null, time.GetTimestamp());
    }

    /// <summary>Whether the loop does its work, and the age of its last turn.</summary>
    public ReadinessCheck Check()
    {
        lock (_lock)
        {
            var age = Since(_turnEndedAt);
            if (Since(_turnBeganAt) is { } turning && turning > Patience)
                return new ReadinessCheck("loop", false, $"stuck in a turn for {turning.TotalSeconds:0} s", age);
            if (Since(_wokenAt) is { } waiting && waiting > Patience)
                return new ReadinessCheck("loop", false, $"hasn't answered a wake-up for {waiting.TotalSeconds:0} s", age);
            return new ReadinessCheck("loop", true, age is null ? "waiting for the first event" : "turns", age);
        }
    }

    private TimeSpan? Since(long? timestamp) => timestamp is { } at ? time.GetElapsedTime(at) : null;
}
