using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>
/// Holds the last route spec that was posted, in memory and on disk, and hands it to the http watcher. It outlives the watcher: one that
/// is started again gets the spec again, and what is posted while it is down is not lost. Thread-safe.
/// </summary>
internal sealed partial class RouteSpecInbox(SpecStore store, ILogger<RouteSpecInbox> logger)
{
    private readonly ILogger _logger = logger;

    // Held while the disk is written, so that two posts at once can't both win, nor take effect in another order than they are stored in.
    private readonly Lock _replacing = new();
    private readonly Lock _lock = new();
    private Delivery? _delivery;
    private AcceptedRouteSpec? _current;
    private bool _isOpen;

    /// <summary>Whether there is an http watcher to take what is posted, which is what the http mode is.</summary>
    public bool IsOpen => Volatile.Read(ref _isOpen);

    /// <summary>What was accepted last, or <see langword="null"/>.</summary>
    public AcceptedRouteSpec? Current => Volatile.Read(ref _current);

    /// <summary>Where accepted documents are kept.</summary>
    public string Folder => store.Folder;

    /// <summary>Takes a spec into force, if the one in force now is one that the caller knows of. On return it is on disk.</summary>
    /// <param name="accepted">The new one.</param>
    /// <param name="mayReplace">Decides, from the one in force or <see langword="null"/>, whether it may be replaced.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="IOException">It can't be stored; the one before stays in force.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be stored; the one before stays in force.</exception>
    public bool TryReplace(AcceptedRouteSpec accepted, Func<AcceptedRouteSpec?, bool> mayReplace)
    {
        lock (_replacing)
        {
            if (!mayReplace(Current))
                return false;
            store.Save(accepted);
            lock (_lock)
            {
                Volatile.Write(ref _current, accepted);
                _delivery?.Specs.TryWrite(accepted.Spec);
            }

            return true;
        }
    }

    /// <summary>
    /// Brings back what was accepted before a restart, and takes posts from now on. A watcher says so when it is made, before the
    /// server listens: what is posted until it runs is kept for it.
    /// </summary>
    /// <exception cref="PluginException">What was stored can't be used, or posts could not be stored.</exception>
    public void Open()
    {
        lock (_replacing)
        {
            if (IsOpen)
                return;
            try
            {
                store.Claim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PluginException($"--state-dir \"{store.Folder}\" can't keep the posted route spec: {e.Message.TrimEnd('.')}; give a folder of this router's own that it may write", e);
            }

            try
            {
                Volatile.Write(ref _current, store.Load());
            }
            catch (IOException e)
            {
                throw new PluginException(e.Message, e);
            }

            Volatile.Write(ref _isOpen, true);
        }

        if (Current is { } restored)
            LogRestored(restored.Spec.Entries.Length, restored.Spec.Hosts.Count, restored.ETag);
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
