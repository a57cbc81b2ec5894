using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>A host is alive when it answers pings.</summary>
internal sealed class IcmpEchoMonitor : IMonitorPlugin, IPluginStatistics, IPluginCondition
{
    private readonly ProbeRunner _runner;

    /// <exception cref="PluginException">This machine doesn't let the program send ICMP.</exception>
    public IcmpEchoMonitor(IcmpEchoSettings settings, TimeProvider time, ILogger<IcmpEchoMonitor> logger, IMeterFactory? meters = null)
        : this(settings, family => EchoSocket.Open(family, time), time, logger, meters)
    {
    }

    internal IcmpEchoMonitor(IcmpEchoSettings settings, Func<AddressFamily, IEchoSocket> open, TimeProvider time, ILogger<IcmpEchoMonitor> logger, IMeterFactory? meters = null) =>
        _runner = new ProbeRunner("icmpecho", "pings_sent", ProbeTiming.Of(settings.Interval, settings.Timeout), settings, new EchoEngine(open, time, logger), time, logger, meters);

    public string? Problem => _runner.Problem;

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping) => _runner.RunAsync(hosts, reports, stopping);

    public IReadOnlyDictionary<string, object?> GetStatistics() => _runner.GetStatistics();

    public ValueTask DisposeAsync() => _runner.DisposeAsync();
}
