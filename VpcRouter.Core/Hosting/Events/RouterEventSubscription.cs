using System.Threading.Channels;

namespace VpcRouter.Hosting.Events;

/// <summary>One listener's events, in the order in which they happened. Thread-safe; for one reader at a time.</summary>
public sealed class RouterEventSubscription : IDisposable
{
    private readonly Channel<RouterEvent> _events;
    private readonly Action<RouterEventSubscription> _end;
    private long _lost;

    internal RouterEventSubscription(int capacity, Action<RouterEventSubscription> end)
    {
        _end = end;
        _events = Channel.CreateBounded<RouterEvent>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The events since the subscription began, save those lost. Completed by <see cref="Dispose"/>.</summary>
    public ChannelReader<RouterEvent> Events => _events.Reader;

    /// <summary>How many events were lost because nobody read them in time.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Stops listening; what is unread can still be read.</summary>
    public void Dispose()
    {
        _end(this);
        _events.Writer.TryComplete();
    }

    internal void Tell(RouterEvent happened) => _events.Writer.TryWrite(happened);
}
