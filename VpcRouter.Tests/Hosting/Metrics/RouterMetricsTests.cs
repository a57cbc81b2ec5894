using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Hosting.Metrics;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RouterMetricsTests : IDisposable
{
    private static readonly RouteSpec Spec = TestSpec.Of("10.1.0.0/16", 1, 2);
    private static readonly TestVpc Vpc = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via("10.1.0.0/16", "eni-1"));
    private readonly ConcurrentDictionary<string, double> _values = new();
    private readonly MeterListener _listener = new();

    public RouterMetricsTests()
    {
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
    }

    [Test]
    public async Task Meter_FailoverDone_CountsThePlanTheVerdictsAndTheWrite()
    {
        await using var host = await SettledAsync();

        await FailOverAsync(host);

        await UntilAsync("vpcrouter.writes action=ReplaceRoute result=ok", 1);
        await UntilAsync("vpcrouter.plans", 1);
        await UntilAsync("vpcrouter.verdicts", 2);
        await UntilAsync("vpcrouter.specs", 1);
    }

    [Test]
    public async Task Meter_FailoverDone_MeasuresFromTheVerdict()
    {
        await using var host = await SettledAsync();

        host.Reports.Writer.TryWrite(new VpcRouter.Health.HealthReport([TestSpec.Host(1)], [], host.Time.GetUtcNow().AddSeconds(-3), "test"));

        await UntilAsync("vpcrouter.failover.decision.duration", 3);
    }

    [Test]
    public async Task Meter_Throttled_CountsIt()
    {
        await using var host = await SettledAsync();
        host.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Throttled);

        host.Reports.Writer.TryWrite(TestSpec.Failed(1));

        await UntilAsync("vpcrouter.throttles action=ReplaceRoute", 1);
    }

    [Test]
    public async Task Meter_HostFailed_GaugesTellHostsAndRoutes()
    {
        await using var host = await SettledAsync();

        await FailOverAsync(host);

        Gauge("vpcrouter.hosts state=failed").Should().Be(1);
        Gauge("vpcrouter.hosts state=healthy").Should().Be(1);
        Gauge("vpcrouter.routes state=in_line").Should().Be(1);
        Gauge("vpcrouter.plugin.up role=monitor").Should().Be(1);
        Gauge("vpcrouter.journal.lost").Should().Be(0);
    }

    [Test]
    public async Task Meter_WriteRefused_GaugeTellsTheRoute()
    {
        await using var host = await SettledAsync();
        host.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);
        host.Reports.Writer.TryWrite(TestSpec.Failed(1));

        await Eventually.BeTrueAsync(() => Gauge("vpcrouter.routes state=failed") == 1);

        Gauge("vpcrouter.routes state=in_line").Should().Be(0);
    }

    [Test]
    public async Task Meter_TimePasses_GaugesTellAges()
    {
        await using var host = await SettledAsync(options => options.RouteRecheckInterval = TimeSpan.Zero);
        var before = Gauge("vpcrouter.spec.age");

        host.Time.Advance(TimeSpan.FromSeconds(7));

        (Gauge("vpcrouter.spec.age") - before).Should().Be(7);
    }

    [Test]
    public async Task Meter_Looked_MeasuresTheLook()
    {
        await using var host = await SettledAsync();

        await Eventually.BeTrueAsync(() => _values.ContainsKey("vpcrouter.look.duration result=ok") && _values.ContainsKey("vpcrouter.loop.lag"));
    }

    public void Dispose() => _listener.Dispose();

    private async Task<RouterHost> SettledAsync(Action<VpcRouter.Hosting.VpcRouterOptions>? configure = null)
    {
        var host = new RouterHost(Vpc, configure);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "VpcRouter" && instrument.Meter.Scope == host.Meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.Start();
        await host.SettleAsync(Spec);
        return host;
    }

    private static async Task FailOverAsync(RouterHost host)
    {
        host.Reports.Writer.TryWrite(TestSpec.Failed(1));
        await Eventually.BeTrueAsync(() => host.Api.Done.Count == 1 && host.Status.Snapshot!.RouteTables[0].Routes[0].Target.Id == "eni-2");
    }

    private Task UntilAsync(string name, double value) => Eventually.BeTrueAsync(() => _values.GetValueOrDefault(name) == value);

    private double Gauge(string name)
    {
        _listener.RecordObservableInstruments();
        return _values.GetValueOrDefault(name, double.NaN);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
        _values.AddOrUpdate(name, value, (_, before) => instrument is Counter<long> ? before + value : value);
    }
}
