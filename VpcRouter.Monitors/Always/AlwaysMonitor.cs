using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Always;

/// <summary>Nobody ever fails. For tests and demonstrations.</summary>
internal sealed class AlwaysMonitor(TimeProvider time) : IMonitorPlugin
{
    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        await foreach (var _ in hosts.ReadAllAsync(stopping).ConfigureAwait(false))
            reports.TryWrite(new HealthReport([], [], time.GetUtcNow(), "always"));

        // No more lists is no reason to return: that would ask for a restart.
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
