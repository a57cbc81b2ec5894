using System.Globalization;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Suspects the monitor when too many hosts fail at once. It remembers nothing: a panic is on while the hosts that failed within the
/// last window are too large a share of all. So it ends when enough of them are back, and at the latest one window after the last
/// verdict: a host that is still failed then is believed to be dead.
/// </summary>
internal sealed record PanicGuard
{
    public const string Name = "panic-threshold";

    private PanicGuard(DateTimeOffset until, string message) => (Until, Message) = (until, message);

    /// <summary>When it is over if no verdict falls until then.</summary>
    public DateTimeOffset Until { get; }

    public string Message { get; }

    /// <summary>The panic that is on now, or <see langword="null"/>.</summary>
    public static PanicGuard? Of(PlanningInput input)
    {
        if (input.Policy.PanicThreshold is not { } threshold || input.Health.Report is not { Failed.Count: > 0 } report)
            return null;
        var (hosts, window) = (input.Spec.Hosts, input.Policy.PanicWindow);
        var tolerated = (int)(hosts.Count * threshold.Share);
        var failedAt = report.Failed.Where(hosts.Contains).Select(host => input.Health.Since(host)).OfType<DateTimeOffset>().Where(at => at + window > input.Now).Order().ToList();
        if (failedAt.Count <= tolerated)
            return null;
        var until = failedAt[failedAt.Count - tolerated - 1] + window;
        return new PanicGuard(until, string.Create(
            CultureInfo.InvariantCulture,
            $"{failedAt.Count} of {hosts.Count} hosts failed within {window.TotalSeconds} s, more than {threshold} (--panic-threshold): the monitor itself is suspected, and no route moves on its word until {until:HH:mm:ss} UTC; hosts still failed then are believed to be dead"));
    }
}
