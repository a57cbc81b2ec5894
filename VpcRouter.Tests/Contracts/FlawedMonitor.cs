using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Contracts;

[assembly: VpcRouterPlugin("VpcRouter.Tests.FlawedMonitor", "for the tests of the contract check", typeof(FlawedMonitor))]

namespace VpcRouter.Tests.Contracts;

/// <summary>Says of hosts in 10.9.0.0/16 that they have failed, but for its flaw.</summary>
internal sealed class FlawedMonitor(FlawedProcess process) : FlawedPlugin<HealthReport>(process, HealthReport.AllHealthy), IMonitorPlugin
{
    private static readonly IPNetwork Failing = IPNetwork.Parse("10.9.0.0/16");
    private readonly HashSet<IPAddress> _everSeen = [];
    private bool _isFirst = true;

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping) => RunAsync(reports, async _ =>
    {
        await foreach (var list in hosts.ReadAllAsync(stopping))
        {
            if (list.Count == 0 && (Flaw == Flaw.FailsOnEmptyList || (Flaw == Flaw.FailsOnEmptyListAtFirst && _isFirst)))
                throw new InvalidOperationException("no hosts");
            _isFirst = false;
            _everSeen.UnionWith(list);
            foreach (var host in list)
                Process.Hosts[host] = true;
            Report(list, reports);
            if (Flaw == Flaw.FailsLater)
                throw new InvalidOperationException("broke");
            if (Flaw is Flaw.ReturnsEarly or Flaw.IgnoresCancellation)
                return;
        }
    }, stopping);

    private void Report(HostList list, ChannelWriter<HealthReport> reports)
    {
        var failed = (Flaw == Flaw.KeepsRemovedHosts ? _everSeen : Flaw == Flaw.SharesHosts ? Process.Hosts.Keys : list.AsEnumerable()).Where(Failing.Contains).ToList();
        if (Flaw == Flaw.NamesStrangers)
            failed.Add(IPAddress.Parse("10.9.9.9"));
        foreach (var part in Flaw == Flaw.SaysDeltas && failed.Count > 1 ? failed.Select(host => new List<IPAddress> { host }) : [failed])
            reports.TryWrite(new HealthReport(part, [], DateTimeOffset.UnixEpoch, "flawed"));
    }
}
