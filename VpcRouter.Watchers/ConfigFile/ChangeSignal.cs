using System.Threading.Channels;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>Wakes one waiter when something was raised or a time has passed. Raising is thread-safe, and raising twice counts once.</summary>
internal sealed class ChangeSignal(TimeProvider timeProvider)
{
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _raised;

    public void Raise()
    {
        Volatile.Write(ref _raised, 1);
        _wakeUps.Writer.TryWrite(true);
    }

    /// <summary>Waits.</summary>
    /// <returns>Whether something was raised since the last wait; false when only the time has passed.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        // A time-out by exception, twice a second for the life of the process, would be noise in every trace.
        var timer = timeProvider.CreateTimer(static state => ((ChannelWriter<bool>)state!).TryWrite(true), _wakeUps.Writer, atMost, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
            await _wakeUps.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return Interlocked.Exchange(ref _raised, 0) == 1;
    }
}
