namespace VpcRouter.AspNetCore.Events;

/// <summary>
/// The newest events, bounded in number and in bytes. Every reader keeps its own place in it; one that is slower than the ring turns
/// misses what was overwritten, learns how many that were, and holds nobody up. Thread-safe.
/// </summary>
internal sealed class EventRing(int mostItems, long mostBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<FeedItem> _items = new();
    private TaskCompletionSource _newer = NewSignal();
    private long _bytes;
    private long _last;

    /// <summary>The number of the newest event; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    public void Add(string type, ReadOnlyMemory<byte> data)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            _items.Enqueue(new FeedItem(++_last, type, data));
            _bytes += data.Length;
            while (_items.Count > mostItems || (_bytes > mostBytes && _items.Count > 1))
                _bytes -= _items.Dequeue().Data.Length;
            (signal, _newer) = (_newer, NewSignal());
        }

        signal.SetResult();
    }

    /// <summary>Gives what came after an event.</summary>
    /// <param name="sequence">The last event that the reader knows.</param>
    /// <param name="most">How many to give at most.</param>
    /// <param name="lost">How many the reader missed, because they are here no more.</param>
    public IReadOnlyList<FeedItem> After(long sequence, int most, out long lost)
    {
        lock (_lock)
        {
            var oldest = _last - _items.Count + 1;
            lost = Math.Max(0, oldest - sequence - 1);
            return [.. _items.Skip((int)Math.Max(0, sequence - oldest + 1)).Take(most)];
        }
    }

    /// <summary>Completes when there is an event after one; at once when there is one already.</summary>
    public Task NewerThan(long sequence)
    {
        lock (_lock)
            return _last > sequence ? Task.CompletedTask : _newer.Task;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
