using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Monitors;

/// <summary>A fake clock that tells to what its timers are set again, so that a test knows when a loop has handled what it was given.</summary>
internal sealed class ArmedTimeProvider() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
{
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The next wait that a timer is set to, those that last for ever aside.</summary>
    public async Task<TimeSpan> NextWaitAsync()
    {
        while (true)
        {
            var wait = await _armed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            if (wait != Timeout.InfiniteTimeSpan)
                return wait;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Recorded(base.CreateTimer(callback, state, dueTime, period), _armed.Writer);

    private sealed class Recorded(ITimer timer, ChannelWriter<TimeSpan> armed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            armed.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
