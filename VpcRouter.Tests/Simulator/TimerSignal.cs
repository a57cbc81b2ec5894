using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Simulator;

/// <summary>A fake clock that tells when somebody begins to wait on it.</summary>
internal sealed class TimerSignal() : FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public ValueTask<TimeSpan> NextTimerAsync() => _timers.Reader.ReadAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }
}
