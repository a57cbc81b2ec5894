using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing;

/// <summary>A watcher at work.</summary>
public sealed class WatcherRun : PluginRun
{
    private readonly Inbox<RouteSpec> _specs;
    private WatchedChannel<RouteSpec> _channel = null!;

    internal WatcherRun(PluginHost host)
        : base(host) => _specs = new Inbox<RouteSpec>("route spec", Words.Of, host.Log);

    /// <summary>How many specs have come and weren't taken.</summary>
    public int WaitingSpecs => _specs.Count;

    internal override int LateWrites => _channel.LateWrites;

    /// <summary>Takes the next spec; those in between that don't fit are passed over.</summary>
    /// <param name="where">Which spec is waited for; default: any.</param>
    /// <param name="timeout">How long to wait in real time; default 30 s.</param>
    /// <param name="whileWaiting">Called every few milliseconds meanwhile, to move a fake clock on.</param>
    /// <exception cref="PluginTestException">None came in time, or the watcher failed or has ended.</exception>
    public Task<RouteSpec> NextSpecAsync(Func<RouteSpec, bool>? where = null, TimeSpan? timeout = null, Action? whileWaiting = null) =>
        _specs.TakeAsync(where, timeout, whileWaiting, Completion);

    private protected override void Prepare()
    {
        _specs.Clear();
        _channel = new WatchedChannel<RouteSpec>(PluginChannels.NewestOnly<RouteSpec>());
    }

    private protected override async Task RunAsync(IAsyncDisposable plugin, CancellationToken stopping)
    {
        var channel = _channel;
        try
        {
            await PluginChannels.WatchAsync((IWatcherPlugin)plugin, channel, _specs.Add, stopping).ConfigureAwait(false);
        }
        finally
        {
            channel.PluginEnded();
        }
    }
}
