using System.Threading.Channels;

namespace VpcRouter.Testing.Running;

/// <summary>What the host has got from the plugin and the test hasn't taken yet.</summary>
internal sealed class Inbox<T>(string what, Func<T, string> inWords, PluginLog log)
    where T : class
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);
    private Channel<T> _items = Channel.CreateUnbounded<T>();

    public int Count => _items.Reader.Count;

    public void Add(T? item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Writer.TryWrite(item);
    }

    public void Clear() => _items = Channel.CreateUnbounded<T>();

    /// <summary>Takes items until one satisfies the condition.</summary>
    public async Task<T> TakeAsync(Func<T, bool>? where, TimeSpan? timeout, Action? whileWaiting, Task completion)
    {
        var patience = new Patience(timeout);
        T? passedOver = null;
        var items = _items.Reader;
        while (true)
        {
            var hasEnded = completion.IsCompleted;
            while (items.TryRead(out var item))
            {
                if (where is null || where(item))
                    return item;
                passedOver = item;
            }

            var seen = passedOver is null ? "" : $" The last that came was another one: {inWords(passedOver)}.";
            if (hasEnded)
                throw Ended(completion, seen);
            whileWaiting?.Invoke();
            var arrival = items.WaitToReadAsync().AsTask();
            if (!await patience.WaitAsync(Task.WhenAny(arrival, completion), whileWaiting is null ? null : Turn).ConfigureAwait(false))
                throw new PluginTestException($"Expected a {what} within {patience}; none came{(where is null ? "" : " that fits")}.{seen}{log.Tail()}");
        }
    }

    private PluginTestException Ended(Task completion, string seen) => completion.Exception?.InnerException is { } cause
        ? new PluginTestException($"Expected a {what}; the plugin failed: {cause.Message}{seen}{log.Tail()}", cause)
        : new PluginTestException($"Expected a {what}; the plugin has ended.{seen}{log.Tail()}");
}
