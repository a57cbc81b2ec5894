using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Fake time that goes from one due timer to the next and lets everything come to rest at each. For the pool's one thread.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private readonly FakeTimeProvider _time = new(start);

    // A timer that was changed or disposed of leaves its moment behind; stopping there once more costs nothing.
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _stops = new();

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        timer.Inner = _time.CreateTimer(
            _ =>
            {
                timer.StopAgain();
                callback(state);
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        await SingleThreadedPool.QuiesceAsync();
        while (_stops.TryPeek(out var stop, out _) && stop <= moment)
        {
            _stops.Dequeue();
            await GoToAsync(stop);
        }

        await GoToAsync(moment);
    }

    private async Task GoToAsync(DateTimeOffset moment)
    {
        if (moment <= GetUtcNow())
            return;
        _time.SetUtcNow(moment);
        await SingleThreadedPool.QuiesceAsync();
    }

    private void StopAfter(TimeSpan due)
    {
        if (due > TimeSpan.Zero)
            _stops.Enqueue(GetUtcNow() + due, GetUtcNow() + due);
    }

    private sealed class Timer(SteppedTime time) : ITimer
    {
        private TimeSpan _period;

        public ITimer Inner { get; set; } = null!;

        public void StopAgain() => time.StopAfter(_period);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            time.StopAfter(dueTime);
            return Inner.Change(dueTime, period);
        }

        public void Dispose() => Inner.Dispose();

        public ValueTask DisposeAsync() => Inner.DisposeAsync();
    }
}
