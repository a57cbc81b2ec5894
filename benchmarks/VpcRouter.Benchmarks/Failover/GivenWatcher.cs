using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>A watcher that gives one spec.</summary>
internal sealed class GivenWatcher(RouteSpec spec) : IWatcherPlugin
{
    public Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        specs.TryWrite(spec);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
