using System.Threading.Channels;

namespace VpcRouter.Probing;

/// <summary>Lets one waiter wait until it is woken or a time is over. Setting it several times wakes once. <see cref="Set"/> is thread-safe.</summary>
internal sealed class TimedSignal : IDisposable
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ITimer _timer;

    public TimedSignal(TimeProvider time) =>
        _timer = time.CreateTimer(static state => ((TimedSignal)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Set() => _channel.Writer.TryWrite(true);

    public async ValueTask WaitAsync(TimeSpan? limit)
    {
        if (limit is { } some)
            _timer.Change(RoundUp(some), Timeout.InfiniteTimeSpan);
        await _channel.Reader.ReadAsync().ConfigureAwait(false);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Timers count whole milliseconds and cut fractions off; rounding down would have the waiter spin through the last one.</summary>
    private static TimeSpan RoundUp(TimeSpan wait) => wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero;
}
