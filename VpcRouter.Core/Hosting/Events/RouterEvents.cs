using System.Collections.Immutable;

namespace VpcRouter.Hosting.Events;

/// <summary>Hands each event to every listener. Never waits for one. Thread-safe.</summary>
internal sealed class RouterEvents : IRouterEvents
{
    private ImmutableArray<RouterEventSubscription> _listeners = [];

    public RouterEventSubscription Subscribe(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var listener = new RouterEventSubscription(capacity, ended => ImmutableInterlocked.Update(ref _listeners, static (listeners, gone) => listeners.Remove(gone), ended));
        ImmutableInterlocked.Update(ref _listeners, static (listeners, added) => listeners.Add(added), listener);
        return listener;
    }

    public void Publish(RouterEvent happened)
    {
        foreach (var listener in _listeners)
            listener.Tell(happened);
    }
}
