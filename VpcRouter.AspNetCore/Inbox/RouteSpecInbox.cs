using System.Threading.Channels;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>
/// Holds the last route spec that was posted and hands it to the http watcher. It outlives the watcher: one that is started again gets
/// the spec again, and what is posted while it is down is not lost. Thread-safe.
/// </summary>
internal sealed class RouteSpecInbox
{
    private readonly Lock _lock = new();
    private Delivery? _delivery;
    private AcceptedRouteSpec? _current;
    private bool _isOpen;

    /// <summary>Whether there is an http watcher to take what is posted, which is what the http mode is.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _isOpen;
        }
    }

    /// <summary>What was accepted last, or <see langword="null"/>.</summary>
    public AcceptedRouteSpec? Current
    {
        get
        {
            lock (_lock)
                return _current;
        }
    }

    /// <summary>Takes a spec into force, if the one in force now is one that the caller knows of.</summary>
    /// <param name="accepted">The new one.</param>
    /// <param name="mayReplace">Decides, from the one in force or <see langword="null"/>, whether it may be replaced.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryReplace(AcceptedRouteSpec accepted, Func<AcceptedRouteSpec?, bool> mayReplace)
    {
        // One lock around check, change and delivery: two posts at once can't both win, nor arrive in another order than they were
        // accepted in. The write to disk that H1 asks for has its place here, between the check and the change.
        lock (_lock)
        {
            if (!mayReplace(_current))
                return false;
            _current = accepted;
            _delivery?.Specs.TryWrite(accepted.Spec);
            return true;
        }
    }

    /// <summary>
    /// Takes posts from now on. A watcher says so when it is made, before the server listens: what is posted until it runs is kept for it.
    /// </summary>
    public void Open()
    {
        lock (_lock)
            _isOpen = true;
    }

    /// <summary>Delivers to a channel from now on, beginning with the spec in force.</summary>
    /// <returns>Ends the delivery when disposed of.</returns>
    public IDisposable Attach(ChannelWriter<RouteSpec> specs)
    {
        lock (_lock)
        {
            _delivery = new Delivery(specs);
            if (_current is not null)
                specs.TryWrite(_current.Spec);
            return new Attachment(this, _delivery);
        }
    }

    private void Detach(Delivery delivery)
    {
        lock (_lock)
        {
            // A watcher that goes late must not cut off the one that came after it.
            if (_delivery == delivery)
                _delivery = null;
        }
    }

    private sealed class Delivery(ChannelWriter<RouteSpec> specs)
    {
        public ChannelWriter<RouteSpec> Specs => specs;
    }

    private sealed class Attachment(RouteSpecInbox inbox, Delivery delivery) : IDisposable
    {
        public void Dispose() => inbox.Detach(delivery);
    }
}
