using System.Diagnostics.Metrics;

namespace VpcRouter.Probing;

/// <summary>A monitor's instruments, each measurement tagged with the monitor's name. Thread-safe.</summary>
internal sealed class ProbeMeters
{
    public const string MeterName = "VpcRouter.Probing";

    /// <summary>For who has no container; lives as long as the process.</summary>
    private static readonly Meter Shared = new(MeterName);

    private readonly KeyValuePair<string, object?> _monitor;
    private readonly Counter<long> _probes;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _sweepLag;

    public ProbeMeters(string monitor, IMeterFactory? factory)
    {
        // A factory and a meter both give the same instruments again for the same names, so a restarted monitor goes on counting.
        var meter = factory?.Create(MeterName) ?? Shared;
        _monitor = new("monitor", monitor);
        _probes = meter.CreateCounter<long>("vpcrouter.probing.probes", "{probe}", "Probes sent.");
        _failures = meter.CreateCounter<long>("vpcrouter.probing.failures", "{probe}", "Probes without an answer in time, or refused.");
        _roundTrip = meter.CreateHistogram<double>("vpcrouter.probing.round_trip", "s", "How long answers took.");
        _sweepLag = meter.CreateHistogram<double>("vpcrouter.probing.sweep_lag", "s", "How much later than planned the prober looked.");
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

    public void SweepLag(TimeSpan lag)
    {
        if (_sweepLag.Enabled)
            _sweepLag.Record(lag.TotalSeconds, _monitor);
    }
}
