using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Health;

/// <summary>
/// Since when each host is what the newest health report says of it. Immutable and thread-safe; a report costs as much as it changes,
/// however many hosts there are.
/// </summary>
public sealed class HealthHistory
{
    private readonly ImmutableDictionary<IPAddress, DateTimeOffset> _since;

    private HealthHistory(HealthReport? report, ImmutableDictionary<IPAddress, DateTimeOffset> since)
    {
        Report = report;
        _since = since;
    }

    /// <summary>No host and no report.</summary>
    public static HealthHistory Empty { get; } = new(null, ImmutableDictionary<IPAddress, DateTimeOffset>.Empty);

    /// <summary>The newest report, or <see langword="null"/> before the first.</summary>
    public HealthReport? Report { get; }

    /// <summary>What is known from a report alone: every host is what the report says of it since the report was made.</summary>
    /// <param name="hosts">The full list.</param>
    /// <param name="report">The report.</param>
    public static HealthHistory Of(HostList hosts, HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Empty.WithHosts(hosts, report.ObservedAt).WithReport(report);
    }

    /// <summary>What the newest report says of a host; before the first, every host is healthy.</summary>
    public HealthState StateOf(IPAddress host) => Report?.StateOf(host) ?? HealthState.Healthy;

    /// <summary>Since when a host is in its present state: the time of the verdict, or when it came into the host list.</summary>
    /// <returns>The time, or <see langword="null"/> for a host that isn't in the list.</returns>
    public DateTimeOffset? Since(IPAddress host) => _since.TryGetValue(host, out var at) ? at : null;

    /// <summary>The history under another host list: hosts that stay keep theirs.</summary>
    /// <param name="hosts">The full list.</param>
    /// <param name="at">When the list came.</param>
    public HealthHistory WithHosts(HostList hosts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var since = _since.ToBuilder();
        since.RemoveRange(_since.Keys.Where(host => !hosts.Contains(host)));
        foreach (var host in hosts)
            since.TryAdd(host, at);
        return new HealthHistory(Report, since.ToImmutable());
    }

    /// <summary>The history after another report. Hosts that the list doesn't hold are passed over.</summary>
    /// <param name="report">The report.</param>
    public HealthHistory WithReport(HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var before = Report ?? HealthReport.AllHealthy;
        var since = _since.ToBuilder();
        foreach (var host in new[] { before.Failed, before.Questionable, report.Failed, report.Questionable }.SelectMany(hosts => hosts))
        {
            if (since.ContainsKey(host) && before.StateOf(host) != report.StateOf(host))
                since[host] = report.ObservedAt;
        }

        return new HealthHistory(report, since.ToImmutable());
    }
}
