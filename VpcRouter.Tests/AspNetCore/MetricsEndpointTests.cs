using System.Diagnostics.Metrics;
using System.Net;

namespace VpcRouter.Tests.AspNetCore;

public class MetricsEndpointTests
{
    [Test]
    public async Task Metrics_InstrumentsOfItsMeters_AreThereWithFittingBuckets()
    {
        await using var host = await EndpointHost.StartAsync();
        using var meter = new Meter("VpcRouter.Tests.Metrics");
        meter.CreateCounter<long>("vpcrouter.tests.writes", "{write}", "Writes").Add(3, new KeyValuePair<string, object?>("result", "with \"quotes\"\\"));
        meter.CreateHistogram<double>("vpcrouter.tests.took", "s", "Took").Record(0.004);
        meter.CreateHistogram("vpcrouter.tests.own", "s", "Own", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [7] }).Record(8);
        using var gauge = new Meter("SomebodyElse");
        gauge.CreateCounter<long>("somebody.else").Add(1);

        var text = await TextOf(host, "application/openmetrics-text;version=1.0.0");

        text.Should().Contain("vpcrouter_tests_writes_total{").And.Contain("""result="with \"quotes\"\\"} 3""");
        text.Should().MatchRegex("""vpcrouter_tests_took_seconds_bucket\{[^}]*le="0.0025"\} 0\n""").And.MatchRegex("""vpcrouter_tests_took_seconds_bucket\{[^}]*le="0.005"\} 1\n""");
        text.Should().MatchRegex("""vpcrouter_tests_own_seconds_bucket\{[^}]*le="7.0"\} 0\n""");
        text.Should().NotContain("somebody_else").And.EndWith("# EOF\n");
        text.Should().Contain("service_name=\"vpcrouter\"");
    }

    [TestCase("application/openmetrics-text;version=1.0.0", "application/openmetrics-text")]
    [TestCase("*/*", "text/plain")]
    public async Task Metrics_Accept_ChoosesTheForm(string accept, string expected)
    {
        await using var host = await EndpointHost.StartAsync("/router");

        using var answer = await host.SendAsync(HttpMethod.Get, "/router/metrics", null, ("Accept", accept));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(expected);
    }

    private static async Task<string> TextOf(EndpointHost host, string accept)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/metrics", null, ("Accept", accept));
        return await answer.Content.ReadAsStringAsync();
    }
}
