using System.Globalization;
using System.Text.Json;

namespace VpcRouter.Cli.Demo;

/// <summary>What a demonstration showed.</summary>
internal sealed record DemoReport(IReadOnlyList<DemoFailover> Failovers)
{
    public bool IsSuccess => Failovers.Count > 0 && Failovers.All(failover => failover.IsComplete);

    public string ToJson() => JsonSerializer.Serialize(new
    {
        failovers = Failovers.Count,
        completed = Failovers.Count(failover => failover.IsComplete),
        routesMoved = Failovers.Where(failover => failover.IsComplete).Sum(failover => failover.Routes),
        reactMsP50 = Percentile(failover => failover.Reacted, 0.50),
        reactMsP99 = Percentile(failover => failover.Reacted, 0.99),
        detectMsP50 = Percentile(failover => failover.Detected, 0.50),
    });

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Failovers.Count(failover => failover.IsComplete)} of {Failovers.Count} failovers completed. Death to verdict: median {Percentile(failover => failover.Detected, 0.50)} ms. Verdict to last route moved: median {Percentile(failover => failover.Reacted, 0.50)} ms, worst {Percentile(failover => failover.Reacted, 1)} ms.");

    // The nearest-rank percentile: of few values, one that was really measured.
    private double? Percentile(Func<DemoFailover, TimeSpan?> figure, double share)
    {
        var sorted = Failovers.Select(figure).OfType<TimeSpan>().Order().ToList();
        return sorted.Count == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)].TotalMilliseconds, 2);
    }
}
