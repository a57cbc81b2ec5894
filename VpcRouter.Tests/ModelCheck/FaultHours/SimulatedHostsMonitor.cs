using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>
/// Probes simulated hosts once a second of the test's clock, by asking the simulator whether they would answer. As a real monitor's,
/// its verdict takes two probes that agree.
/// </summary>
internal sealed class SimulatedHostsMonitor(SimulatedVpc vpc, TimeProvider time) : IMonitorPlugin
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static bool Answers(SimulatedVpc vpc, IPAddress host) => vpc.Model.FindHost(host) is { } found && vpc.Model.IsAnswering(found);

    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        var list = await hosts.ReadAsync(stopping);
        var before = list.Where(host => !Answers(vpc, host)).ToHashSet();
        HealthReport? last = null;
        while (true)
        {
            await Task.Delay(Interval, time, stopping);
            var silent = list.Where(host => !Answers(vpc, host)).ToHashSet();
            var failed = list.Where(host => silent.Contains(host) == before.Contains(host) ? silent.Contains(host) : last?.Failed.Contains(host) == true);
            var report = new HealthReport(failed, [], time.GetUtcNow(), "simulated");
            before = silent;
            if (last?.SaysTheSameAs(report) == true)
                continue;
            last = report;
            reports.TryWrite(report);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
