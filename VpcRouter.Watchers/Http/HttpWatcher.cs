using System.Threading.Channels;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Watchers.Http;

/// <summary>Passes on what is posted to <c>/route_spec</c>.</summary>
internal sealed class HttpWatcher : IWatcherPlugin
{
    private readonly RouteSpecInbox _inbox;
    private readonly TimeProvider _timeProvider;

    /// <exception cref="PluginException">The host serves no HTTP endpoints.</exception>
    public HttpWatcher(TimeProvider timeProvider, RouteSpecInbox? inbox = null)
    {
        _inbox = inbox ?? throw new PluginException("Watcher \"http\" needs the HTTP endpoints of the host; register them with AddVpcRouterEndpoints().");
        _timeProvider = timeProvider;
        _inbox.Open();
    }

    public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        using var attachment = _inbox.Attach(specs);
        await Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, stopping).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
