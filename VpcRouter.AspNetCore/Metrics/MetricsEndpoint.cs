using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using VpcRouter.AspNetCore.Pages;

namespace VpcRouter.AspNetCore.Metrics;

/// <summary>
/// Answers <c>/metrics</c> with every instrument of the meters <c>VpcRouter*</c>, in OpenMetrics or Prometheus' own text, as the client
/// accepts. It has a meter provider of its own, so that it neither needs nor disturbs that of the app it is mounted in. Thread-safe.
/// </summary>
internal sealed class MetricsEndpoint : IDisposable
{
    // From an answer on loopback to an API that answers after minutes of trying.
    private static readonly double[] Seconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Milliseconds = [.. Seconds.Select(seconds => seconds * 1000)];

    private readonly MeterProvider _provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter("VpcRouter*")
        .AddView(ViewOf)
        .ConfigureResource(resource => resource.Clear().AddService("vpcrouter", serviceVersion: OverviewPage.Version, autoGenerateServiceInstanceId: false))
        .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0)
        .Build();

    private RequestDelegate? _scrape;

    /// <summary>Prepares the endpoint; to be called once, with the endpoints that it is mapped to.</summary>
    public MetricsEndpoint Prepare(IEndpointRouteBuilder endpoints)
    {
        var branch = endpoints.CreateApplicationBuilder();
        branch.UseOpenTelemetryPrometheusScrapingEndpoint(_provider, static _ => true, path: null, configureBranchedPipeline: null, optionsName: null);
        _scrape = branch.Build();
        return this;
    }

    public async Task<IResult> ScrapeAsync(HttpContext context)
    {
        await _scrape!(context).ConfigureAwait(false);
        return Results.Empty;
    }

    public void Dispose() => _provider.Dispose();

    // Who made an instrument knows best which buckets it wants; where he didn't say, its unit does.
    private static MetricStreamConfiguration? ViewOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: not null } => null,
        Histogram<double> { Unit: "s" } => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
        Histogram<double> { Unit: "ms" } => new ExplicitBucketHistogramConfiguration { Boundaries = Milliseconds },
        _ => null,
    };
}
