namespace VpcRouter.Tests.ModelCheck;

/// <summary>The clock of one process: its timers die with it, so whatever waits for one waits for ever.</summary>
internal sealed class ProcessTime(TimeProvider world) : TimeProvider
{
    private readonly List<ITimer> _timers = [];

    public bool IsDead { get; private set; }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (IsDead)
            (dueTime, period) = (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var timer = world.CreateTimer(
            _ =>
            {
                if (!IsDead)
                    callback(state);
            },
            null, dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Die()
    {
        IsDead = true;
        foreach (var timer in _timers)
            timer.Dispose();
        _timers.Clear();
    }
}
