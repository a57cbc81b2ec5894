namespace VpcRouter.Hosting;

/// <summary>Tells whether the main loop turns: how long a wake-up has been waiting for it, and how long its turn takes. Thread-safe.</summary>
internal sealed class LoopPulse(TimeProvider time)
{
    /// <summary>A turn plans and nothing else, which takes milliseconds; one that takes this long is stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DateTimeOffset? _wokenAt;
    private DateTimeOffset? _turnBeganAt;
    private DateTimeOffset? _turnEndedAt;

    /// <summary>Something happened that the loop must see.</summary>
    public void Woken()
    {
        lock (_lock)
            _wokenAt ??= time.GetUtcNow();
    }

    public void TurnBegan()
    {
        lock (_lock)
        {
            _wokenAt = null;
            _turnBeganAt = time.GetUtcNow();
        }
    }

    public void TurnEnded()
    {
        lock (_lock)
        {
            _turnBeganAt = null;
            _turnEndedAt = time.GetUtcNow();
        }
    }

    /// <summary>Whether the loop does its work, and the age of its last turn.</summary>
    public ReadinessCheck Check()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var age = now - _turnEndedAt;
            if (now - _turnBeganAt is { } turning && turning > Patience)
                return new ReadinessCheck("loop", false, $"stuck in a turn for {turning.TotalSeconds:0} s", age);
            if (now - _wokenAt is { } waiting && waiting > Patience)
                return new ReadinessCheck("loop", false, $"hasn't answered a wake-up for {waiting.TotalSeconds:0} s", age);
            return new ReadinessCheck("loop", true, _turnEndedAt is null ? "waiting for the first event" : "turns", age);
        }
    }
}
