namespace VpcRouter.Hosting.Events;

/// <summary>Tells what happens in the router as it happens. Thread-safe.</summary>
public interface IRouterEvents
{
    /// <summary>Begins to listen. A listener that is slow loses the oldest events and never holds the router up.</summary>
    /// <param name="capacity">How many unread events are kept; at least 1.</param>
    /// <returns>The subscription; dispose it to stop listening.</returns>
    RouterEventSubscription Subscribe(int capacity);
}
