using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeMetersTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, object? Monitor)> _measured = new();
    private readonly Factory _factory = new();
    private IReadOnlyList<double>? _detectionBuckets;

    public ProbeMetersTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != ProbeMeters.MeterName)
                return;
            listener.EnableMeasurementEvents(instrument);
            if (instrument is Histogram<double> { Name: "vpcrouter.probing.detection" } detection)
                _detectionBuckets = detection.Advice?.HistogramBucketBoundaries;
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Record_WithAndWithoutFactory_MeasuresUnderTheMonitorsName(bool withFactory)
    {
        var meters = new ProbeMeters("meters-test", withFactory ? _factory : null);

        meters.Count(3, 1);
        meters.RoundTrip(TimeSpan.FromMilliseconds(2));
        meters.SweepLag(TimeSpan.FromMilliseconds(5));
        meters.Detection(TimeSpan.FromMilliseconds(550));

        _measured.Where(measured => Equals(measured.Monitor, "meters-test")).Select(measured => (measured.Instrument, measured.Value)).Should().Equal(
            ("vpcrouter.probing.probes", 3),
            ("vpcrouter.probing.failures", 1),
            ("vpcrouter.probing.round_trip", 0.002),
            ("vpcrouter.probing.sweep_lag", 0.005),
            ("vpcrouter.probing.detection", 0.55));
        _factory.Made.Should().Be(withFactory ? 1 : 0);
    }

    [Test]
    public void Detection_Buckets_TellUsualTimesApart()
    {
        _ = new ProbeMeters("meters-test", _factory);

        // 500 ms of time-out and 50 ms for the second probe: what the defaults give.
        _detectionBuckets.Should().Contain(0.5).And.Contain(0.6).And.BeInAscendingOrder();
    }

    [Test]
    public void Journal_HostsFail_TellsHowLongItTookUnlessTheVerdictsAreTakenBack()
    {
        var journal = new ProbeJournal(new ProbeStatistics("probes_sent", TimeSpan.FromSeconds(1), TimeProvider.System), new ProbeMeters("journal-test", _factory), keepAbandoned: false);
        journal.HostAdded(0, IPAddress.Loopback);
        journal.HostFailed(0, "refused", TimeSpan.FromSeconds(1));
        journal.ClearVerdicts();
        journal.Clear();
        journal.HostFailed(0, "refused", TimeSpan.FromSeconds(2));
        journal.Clear();
        journal.Clear();

        _measured.Where(measured => Equals(measured.Monitor, "journal-test")).Select(measured => (measured.Instrument, measured.Value)).Should().Equal(("vpcrouter.probing.detection", 2.0));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _factory.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, tags[0] is { Key: "monitor" } tag ? tag.Value : null));

    private sealed class Factory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public int Made => _meters.Count;

        public Meter Create(MeterOptions options)
        {
            _meters.Add(new Meter(options));
            return _meters[^1];
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
