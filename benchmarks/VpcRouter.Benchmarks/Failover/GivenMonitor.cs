using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>A monitor that says what it is told to. Thread-safe.</summary>
internal sealed class GivenMonitor : IMonitorPlugin
{
    private readonly TaskCompletionSource<ChannelWriter<HealthReport>> _reports = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        _reports.SetResult(reports);
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
    }

    /// <summary>Gives the verdict that these hosts have failed and no others.</summary>
    /// <returns>When it fell.</returns>
    public async Task<DateTimeOffset> FailAsync(params IPAddress[] failed)
    {
        var reports = await _reports.Task;
        var at = TimeProvider.System.GetUtcNow();
        reports.TryWrite(new HealthReport(failed, [], at, "benchmark"));
        return at;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
