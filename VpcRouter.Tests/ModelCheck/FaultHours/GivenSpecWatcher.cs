using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>Says one spec, once.</summary>
internal sealed class GivenSpecWatcher(RouteSpec spec) : IWatcherPlugin
{
    public Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        specs.TryWrite(spec);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
