using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace VpcRouter.Tests.Watchers;

/// <summary>Fake time that moves only when the code under test waits for it.</summary>
internal sealed class WaitingTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets the next wait end.</summary>
    /// <returns>How long it was.</returns>
    public async Task<TimeSpan> PassNextWaitAsync()
    {
        var wait = await _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Advance(wait);
        return wait;
    }

    /// <summary>Awaits that the code waits again, and leaves it waiting.</summary>
    public async Task AwaitNextWaitAsync() => await _waits.Reader.WaitToReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
