using System.Diagnostics.Metrics;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting.Metrics;

/// <summary>
/// The router's metrics, under the meter <c>VpcRouter</c>. Counters and histograms listen to the events; gauges read the state when they
/// are asked. Thread-safe.
/// </summary>
internal sealed class RouterMetrics : IDisposable
{
    public const string MeterName = "VpcRouter";
    private const int UnreadEvents = 16_384;
    private const string Ok = "ok";
    private static readonly InstrumentAdvice<double> UpToAMinute = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };
    private readonly Meter? _ownMeter;
    private readonly RouterEventSubscription _subscription;
    private readonly Counter<long> _specs;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _plans;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _throttles;
    private readonly Histogram<double> _decision;
    private readonly Histogram<double> _write;
    private readonly Histogram<double> _look;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _plan;

    public RouterMetrics(RouterState state, IRouterEvents events, RouteJournal journal, TimeProvider time, IMeterFactory? meters = null)
    {
        var meter = meters?.Create(MeterName) ?? (_ownMeter = new Meter(MeterName));
        _specs = meter.CreateCounter<long>("vpcrouter.specs", "{spec}", "Route specs that came into force");
        _verdicts = meter.CreateCounter<long>("vpcrouter.verdicts", "{report}", "Health reports that came into force");
        _plans = meter.CreateCounter<long>("vpcrouter.plans", "{plan}", "Plans with changes");
        _writes = meter.CreateCounter<long>("vpcrouter.writes", "{write}", "Answers to writes, by action and result: ok or EC2's error code");
        _throttles = meter.CreateCounter<long>("vpcrouter.throttles", "{write}", "Writes that EC2 throttled, by action");
        _decision = Seconds(meter, "vpcrouter.failover.decision.duration", "From the verdict on a host to the request that moves a route off it, the wait for the limits included");
        _write = Seconds(meter, "vpcrouter.write.duration", "From a write's request to its answer, by action and result");
        _look = Seconds(meter, "vpcrouter.look.duration", "Time that a look at the VPC took, by result: ok or an error code");
        _lag = Seconds(meter, "vpcrouter.loop.lag", "From an event to the main loop taking it up");
        _plan = Seconds(meter, "vpcrouter.plan.duration", "Time that planning and beginning the writes took");
        _ = new StateGauges(meter, state, time);
        meter.CreateObservableCounter("vpcrouter.journal.lost", () => journal.Lost, "{event}", "Events that never reached the journal");
        _subscription = events.Subscribe(UnreadEvents);
    }

    /// <summary>Counts events until <see cref="End"/>.</summary>
    public async Task RunAsync()
    {
        await foreach (var happened in _subscription.Events.ReadAllAsync().ConfigureAwait(false))
            Count(happened);
    }

    public void End() => _subscription.Dispose();

    public void LookEnded(TimeSpan duration, VpcApiException? error) => _look.Record(duration.TotalSeconds, Tag("result", error?.Code ?? Ok));

    public void LoopTookUp(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    public void Planned(TimeSpan duration) => _plan.Record(duration.TotalSeconds);

    public void Dispose()
    {
        End();
        _ownMeter?.Dispose();
    }

    private static Histogram<double> Seconds(Meter meter, string name, string description) => meter.CreateHistogram(name, "s", description, null, UpToAMinute);

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private void Count(RouterEvent happened)
    {
        switch (happened)
        {
            case SpecEvent:
                _specs.Add(1);
                break;
            case VerdictEvent:
                _verdicts.Add(1);
                break;
            case PlanEvent:
                _plans.Add(1);
                break;
            case WriteEvent write:
                Count(write.Outcome);
                break;
        }
    }

    private void Count(RouteChangeOutcome outcome)
    {
        var action = Tag("action", outcome.Action.ToString());
        var result = Tag("result", outcome.Error?.Code ?? Ok);
        _writes.Add(1, action, result);
        _write.Record((outcome.At - outcome.RequestedAt).TotalSeconds, action, result);
        if (outcome.Error is { Kind: VpcApiErrorKind.Throttled })
            _throttles.Add(1, action);
        // What is tried again waited for EC2, not for the decision.
        else if (outcome.Change is { Kind: RouteChangeKind.Failover, VerdictAt: { } verdictAt })
            _decision.Record((outcome.RequestedAt - verdictAt).TotalSeconds);
    }
}
