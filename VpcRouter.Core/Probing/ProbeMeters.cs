using System.Diagnostics.Metrics;

namespace VpcRouter.Probing;

/// <summary>A monitor's instruments, each measurement tagged with the monitor's name. Thread-safe.</summary>
internal sealed class ProbeMeters
{
    public const string MeterName = "VpcRouter.Probing";

    /// <summary>For who has no container; lives as long as the process.</summary>
    private static readonly Meter Shared = new(MeterName);

    /// <summary>Close where detection usually lies: after a time-out of 10 ms up to one of a minute, and a few suspects' paces more.</summary>
    private static readonly InstrumentAdvice<double> Detections = new() { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.5, 2, 3, 5, 10, 30, 60, 120] };

    private readonly KeyValuePair<string, object?> _monitor;
    private readonly Counter<long> _probes;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _sweepLag;
    private readonly Histogram<double> _detection;

    public ProbeMeters(string monitor, IMeterFactory? factory)
    {
        // A factory and a meter both give the same instruments again for the same names, so a restarted monitor goes on counting.
        var meter = factory?.Create(MeterName) ?? Shared;
        _monitor = new("monitor", monitor);
        _probes = meter.CreateCounter<long>("vpcrouter.probing.probes", "{probe}", "Probes sent.");
        _failures = meter.CreateCounter<long>("vpcrouter.probing.failures", "{probe}", "Probes without an answer in time, or refused.");
        _roundTrip = meter.CreateHistogram<double>("vpcrouter.probing.round_trip", "s", "How long answers took.");
        _sweepLag = meter.CreateHistogram<double>("vpcrouter.probing.sweep_lag", "s", "How much later than planned the prober looked.");
        _detection = meter.CreateHistogram("vpcrouter.probing.detection", "s", "From the sending of the first probe of a failing run to the verdict on its host.", null, Detections);
    }

    public void Count(long probes, long failures)
    {
        if (probes > 0)
            _probes.Add(probes, _monitor);
        if (failures > 0)
            _failures.Add(failures, _monitor);
    }

    public void RoundTrip(TimeSpan roundTrip)
    {
        if (_roundTrip.Enabled)
            _roundTrip.Record(roundTrip.TotalSeconds, _monitor);
    }

    public void Detection(TimeSpan took) => _detection.Record(took.TotalSeconds, _monitor);

    public void SweepLag(TimeSpan lag)
    {
        if (_sweepLag.Enabled)
            _sweepLag.Record(lag.TotalSeconds, _monitor);
    }
}
