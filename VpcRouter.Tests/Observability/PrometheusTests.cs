using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Observability;

/// <summary>A real Prometheus on a real router.</summary>
[NonParallelizable]
internal sealed class PrometheusTests
{
    // What has never happened in this run has no series, and need not have one.
    private static readonly string[] OnlyWhenItHappens = ["vpcrouter_throttles_total"];

    [Test]
    public async Task Router_FailsOver_GivesEveryMetricThatDashboardAndAlertsAskFor()
    {
        await using var router = await LiveRouter.StartAsync();
        await using var prometheus = await RealPrometheus.StartAsync(router.Url);
        await prometheus.UntilAsync("query?query=up", data => data["result"]!.AsArray().Any(series => series!["value"]![1]!.ToString() == "1"));

        var host = router.KillTheBusiest();
        await router.UntilAsync(status => status.Health!.Failed.Any(failed => failed.ToString() == host));
        await prometheus.UntilAsync("query?query=vpcrouter_hosts{state=\"failed\"}", data => data["result"]!.AsArray().Any(series => series!["value"]![1]!.ToString() == "1"));

        await prometheus.UntilAsync("label/__name__/values", data => !MetricNames.Used().Except(OnlyWhenItHappens).Except(data.AsArray().Select(name => name!.ToString())).Any());
        await prometheus.UntilAsync("rules", data => data["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).All(rule => rule!["health"]!.ToString() == "ok"));
        await prometheus.UntilAsync("query?query=vpcrouter_failover_decision_duration_seconds_count", data => data["result"]!.AsArray().Any(series => series!["value"]![1]!.ToString() != "0"));
    }
}
