using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Delivers the scenario's spec at each start and whenever it changes.</summary>
/// <param name="run">The scenario.</param>
/// <param name="watch">Is told what the router is told.</param>
/// <param name="pokes">Says that the spec has changed; true breaks the watcher.</param>
internal sealed class ModelWatcher(ScenarioRun run, RouterWatch watch, ChannelReader<bool> pokes) : IWatcherPlugin
{
    public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        do
        {
            watch.Told(run.Spec);
            specs.TryWrite(run.Spec);
        }
        while (!await pokes.ReadAsync(stopping));
        throw new InvalidOperationException("the watcher broke");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
