using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Monitors.Tcp.Linux;
using VpcRouter.Plugins;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Tcp;

/// <summary>A host is alive when it accepts a connection.</summary>
internal sealed class TcpMonitor : IMonitorPlugin, IPluginStatistics, IPluginCondition
{
    private readonly ProbeRunner _runner;

    public TcpMonitor(TcpSettings settings, TimeProvider time, ILogger<TcpMonitor> logger, IMeterFactory? meters = null)
        : this(settings, isNative: OperatingSystem.IsLinux() && Environment.Is64BitProcess, time, logger, meters)
    {
    }

    internal TcpMonitor(TcpSettings settings, bool isNative, TimeProvider time, ILogger<TcpMonitor> logger, IMeterFactory? meters = null)
    {
        IProbeEngine engine = isNative
            ? new ConnectEngine(settings.Port)
            : new TaskProbeEngine(new PlainConnect(settings.Port, time).ProbeAsync, mostPerHost: 2 * settings.Fall, time);
        _runner = new ProbeRunner("tcp", "checks_sent", ProbeTiming.Of(settings.Interval, settings.Timeout), settings, engine, time, logger, meters);
    }

    public string? Problem => _runner.Problem;

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping) => _runner.RunAsync(hosts, reports, stopping);

    public IReadOnlyDictionary<string, object?> GetStatistics() => _runner.GetStatistics();

    public ValueTask DisposeAsync() => _runner.DisposeAsync();
}
