using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Reports what a prober would find: after its start it takes a while to decide, and then reports whatever changes.</summary>
/// <param name="run">The scenario.</param>
/// <param name="watch">Is told what the router is told.</param>
/// <param name="time">The process's clock.</param>
/// <param name="pokes">Says that probes may have found something new; true breaks the monitor.</param>
internal sealed class ModelMonitor(ScenarioRun run, RouterWatch watch, TimeProvider time, ChannelReader<bool> pokes) : IMonitorPlugin
{
    private HostList _hosts = HostList.Empty;

    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        _hosts = await hosts.ReadAsync(stopping);
        var reading = ReadHostsAsync(hosts, stopping);
        await Task.Delay(run.FirstReportDelay(), time, stopping);
        HealthReport? last = null;
        do
        {
            var report = new HealthReport(
                _hosts.Where(host => run.Verdict(host) == HealthState.Failed),
                _hosts.Where(host => run.Verdict(host) == HealthState.Questionable),
                time.GetUtcNow(),
                "model");
            if (last?.SaysTheSameAs(report) == true)
                continue;
            last = report;
            watch.Told(report);
            reports.TryWrite(report);
        }
        while (!await pokes.ReadAsync(stopping));
        _ = reading;
        throw new InvalidOperationException("the monitor broke");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task ReadHostsAsync(ChannelReader<HostList> hosts, CancellationToken stopping)
    {
        await foreach (var list in hosts.ReadAllAsync(stopping))
        {
            _hosts = list;
            run.ProbeSoon();
        }
    }
}
