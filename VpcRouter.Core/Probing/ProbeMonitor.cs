using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>
/// A monitor that asks every host at intervals whether it is alive. The derived class says what asking means, in one method; scheduling,
/// rise and fall, reports, statistics for the status page and meters (named <c>VpcRouter.Probing</c>) come with this one.
/// </summary>
/// <remarks>
/// Hosts are probed at least once an interval, spread evenly and with jitter. A host whose answer is overdue (four times its usual
/// round-trip time, at least 50 ms) is probed again at once, before the first deadline has passed; it fails when as many probes in a
/// row as <see cref="ProbeSettings.Fall"/> says have passed their deadlines or were refused. A process that was stopped or starved of CPU
/// for a while doesn't count deadlines within that while; a test with a fake clock should therefore move it on by an interval at most.
/// Statistics name at most 1,000 hosts: with more, those that lose most.
/// </remarks>
public abstract class ProbeMonitor : IMonitorPlugin, IPluginStatistics, IPluginCondition
{
    private readonly ProbeRunner _runner;

    /// <summary>Makes the monitor.</summary>
    /// <param name="name">Its name, as in reports, log lines and meters.</param>
    /// <param name="sentName">The name that the number of probes sent has in the statistics, for example <c>checks_sent</c>.</param>
    /// <param name="timing">How often and how patiently to probe.</param>
    /// <param name="settings">Rise and fall.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets verdicts and troubles.</param>
    /// <param name="meters">Makes the meter; without it, one of the process is used.</param>
    protected ProbeMonitor(string name, string sentName, ProbeTiming timing, ProbeSettings settings, TimeProvider time, ILogger logger, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sentName);
        ArgumentNullException.ThrowIfNull(timing);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        Time = time;
        // A probe whose deadline has passed may take a moment to end, while the next ones are under way.
        _runner = new ProbeRunner(name, sentName, timing, settings, new TaskProbeEngine(ProbeAsync, 2 * settings.Fall, time), time, logger, meters);
    }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <inheritdoc/>
    public string? Problem => _runner.Problem;

    /// <summary>
    /// Whether probes go from this machine to the hosts, as they do by default. Then nobody is called failed while this machine has no
    /// link or no route to any of them; what was reported before stays in force, and readiness says so.
    /// </summary>
    protected virtual bool ReachesHostsItself => true;

    internal INetwork Network { get; init; } = new SystemNetwork();

    /// <inheritdoc/>
    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        _runner.SelfCheck = ReachesHostsItself ? new NetworkSelfCheck(Network) : null;
        return _runner.RunAsync(hosts, reports, stopping);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> GetStatistics() => _runner.GetStatistics();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _runner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Probes a host once. Called on threads of the pool, for many hosts at once, and for one host up to <see cref="ProbeSettings.Fall"/>
    /// times at once while its answers are overdue.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="deadline">Cancelled when the answer has taken too long or the host was removed; end then, in whatever way. The verdict doesn't wait for it.</param>
    /// <returns>What was found. Throwing means that the prober is in trouble, and says nothing of the host.</returns>
    protected abstract ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline);
}
