using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>How a host and a plugin talk: channels that hold the newest full state only. The test kit for plugins runs them through the same.</summary>
internal static class PluginChannels
{
    /// <summary>How long a plugin has to stop.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    public static Channel<T> NewestOnly<T>() => Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Runs a watcher and takes its specs. Surfaces whatever ends it.</summary>
    public static Task WatchAsync(IWatcherPlugin watcher, Channel<RouteSpec> specs, Action<RouteSpec> onSpec, CancellationToken stopping) =>
        RunWithReaderAsync(specs, onSpec, token => watcher.WatchAsync(specs.Writer, token), stopping);

    /// <summary>Runs a monitor and takes its reports. Surfaces whatever ends it.</summary>
    public static Task MonitorAsync(IMonitorPlugin monitor, ChannelReader<HostList> hosts, Channel<HealthReport> reports, Action<HealthReport> onReport, CancellationToken stopping) =>
        RunWithReaderAsync(reports, onReport, token => monitor.MonitorAsync(hosts, reports.Writer, token), stopping);

    private static async Task RunWithReaderAsync<T>(Channel<T> channel, Action<T> onItem, Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var reading = ReadAllAsync(channel.Reader, onItem, ended);
        try
        {
            await run(ended.Token).ConfigureAwait(false);
        }
        finally
        {
            channel.Writer.TryComplete();
            await reading.ConfigureAwait(false);
        }
    }

    // A plugin that completes its channel with an error, or writes what can't be taken, has failed like one that throws: it is
    // ended, for nobody would read what it writes from then on, and the error surfaces.
    private static async Task ReadAllAsync<T>(ChannelReader<T> reader, Action<T> onItem, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var item in reader.ReadAllAsync().ConfigureAwait(false))
                onItem(item);
        }
        catch
        {
            await ended.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
