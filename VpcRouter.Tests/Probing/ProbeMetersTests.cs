using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeMetersTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, object? Monitor)> _measured = new();
    private readonly Factory _factory = new();

    public ProbeMetersTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ProbeMeters.MeterName)
                listener.EnableMeasurementEvents(instrument);
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

        _measured.Where(measured => Equals(measured.Monitor, "meters-test")).Select(measured => (measured.Instrument, measured.Value)).Should().Equal(
            ("vpcrouter.probing.probes", 3),
            ("vpcrouter.probing.failures", 1),
            ("vpcrouter.probing.round_trip", 0.002),
            ("vpcrouter.probing.sweep_lag", 0.005));
        _factory.Made.Should().Be(withFactory ? 1 : 0);
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
