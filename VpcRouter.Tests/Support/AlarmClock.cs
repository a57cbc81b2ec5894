using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Support;

/// <summary>
/// A test's clock that knows whether anybody waits for it. Moved on only then, it never runs ahead of code that is still busy, and
/// how long something took on it can be relied on. Thread-safe.
/// </summary>
internal sealed class AlarmClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waiting;
    private int _arming;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback);
        alarm.Timer = base.CreateTimer(alarm.Ring, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Moves on in steps while somebody waits, until the condition holds.</summary>
    public async Task RunUntilAsync(Func<bool> condition, TimeSpan step)
    {
        while (!condition())
        {
            await Eventually.BeTrueAsync(() => (Volatile.Read(ref _waiting) > 0 && Volatile.Read(ref _arming) == 0) || condition());
            if (!condition())
                Advance(step);
        }
    }

    private sealed class Alarm(AlarmClock clock, TimerCallback callback) : ITimer
    {
        private int _isSet;

        public ITimer Timer { get; set; } = null!;

        public void Ring(object? state)
        {
            Set(false);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // Who counts as waiting before his timer is set would sleep longer if the clock were moved on between the two.
            Interlocked.Increment(ref clock._arming);
            Set(dueTime != Timeout.InfiniteTimeSpan);
            var isChanged = Timer.Change(dueTime, period);
            Interlocked.Decrement(ref clock._arming);
            return isChanged;
        }

        public void Dispose()
        {
            Set(false);
            Timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(bool isSet)
        {
            if (Interlocked.Exchange(ref _isSet, isSet ? 1 : 0) == (isSet ? 1 : 0))
                return;
            Interlocked.Add(ref clock._waiting, isSet ? 1 : -1);
        }
    }
}
