using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Probing;

/// <summary>A monitor that asks every host at intervals whether it is alive. What asking means is the derived class's.</summary>
internal abstract class ProbeMonitor : IMonitorPlugin, IPluginStatistics
{
    private readonly string _name;
    private readonly ProbeTiming _timing;
    private readonly ProbeSettings _settings;
    private readonly ILogger _logger;
    private readonly ProbeStatistics _statistics;

    protected ProbeMonitor(string name, string sentName, ProbeTiming timing, ProbeSettings settings, TimeProvider time, ILogger logger)
    {
        _name = name;
        _timing = timing;
        _settings = settings;
        _logger = logger;
        Time = time;
        _statistics = new ProbeStatistics(sentName, timing.Interval, time);
    }

    protected TimeProvider Time { get; }

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping) =>
        new ProbeLoop(_name, _timing, _settings, ProbeAsync, _statistics, Time, _logger).RunAsync(hosts, reports, stopping);

    public IReadOnlyDictionary<string, object?> GetStatistics() => _statistics.Get();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Probes a host once. Never called for a host while a probe of it is running.</summary>
    /// <param name="host">The host.</param>
    /// <param name="deadline">Cancelled when the answer has taken too long; let the cancellation surface, and the host counts as dead.</param>
    /// <returns>What was found. Throwing anything else means that the prober is in trouble, and says nothing of the host.</returns>
    protected abstract ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline);
}
