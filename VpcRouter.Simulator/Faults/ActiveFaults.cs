using System.Collections.Concurrent;
using VpcRouter.Simulator.Endpoint;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Faults;

/// <summary>Faults at work since they were put in force. Thread-safe.</summary>
internal sealed class ActiveFaults
{
    private readonly SimulatorFaults _faults;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly long _started;
    private readonly Throttle _throttle;
    private readonly RuleBook<Latency> _latency;
    private readonly RuleBook<Failure> _credentials;
    private readonly RuleBook<Denial> _denied;
    private readonly RuleBook<Failure> _errors;
    private readonly RuleBook<Staleness> _staleReads;
    private readonly RuleBook<PageCap> _pages;

    // Kept, because the history may be shorter than reads stay frozen.
    private readonly ConcurrentDictionary<DateTimeOffset, VpcModel> _frozen = new();

    public ActiveFaults(SimulatorFaults faults, TimeProvider time)
    {
        _faults = faults;
        _time = time;
        _since = time.GetUtcNow();
        _started = time.GetTimestamp();
        var sections = faults.Sections;
        _throttle = new Throttle(sections.Throttling ?? []);
        _latency = new RuleBook<Latency>(sections.Latency, sections.Seed);
        _credentials = new RuleBook<Failure>(sections.Credentials, sections.Seed);
        _denied = new RuleBook<Denial>(sections.Denied, sections.Seed);
        _errors = new RuleBook<Failure>(sections.Errors, sections.Seed);
        _staleReads = new RuleBook<Staleness>(sections.StaleReads, sections.Seed);
        _pages = new RuleBook<PageCap>(sections.Pages, sections.Seed);
        Fates = new FateSchedule(sections.Hosts, time);
    }

    public FateSchedule Fates { get; }

    private TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public FaultReport Report() => new(_faults, _since, new SortedDictionary<string, long>(
        _throttle.Counts.Concat(_latency.Counts).Concat(_credentials.Counts).Concat(_denied.Counts).Concat(_errors.Counts)
            .Concat(_staleReads.Counts).Concat(_pages.Counts).Concat(Fates.Counts)
            .ToDictionary(c => c.Key, c => c.Value), StringComparer.Ordinal));

    /// <summary>How the call fails, or null. EC2 asks who calls, then whether he may; a call that an error strikes takes no token.</summary>
    public Failure? FailureOf(QueryRequest request)
    {
        var elapsed = Elapsed;
        if (_credentials.Strike(request.Action, elapsed) is { } unknown)
            return unknown.Effect;
        if (_denied.Strike(request.Action, elapsed, denial => denial.Concerns(request)) is not null)
            return ErrorCodes.Denied;
        if (_errors.Strike(request.Action, elapsed) is { } strike)
            return strike.Effect;
        return _throttle.Allows(request.Action, request.IsUnfiltered, elapsed) ? null : ErrorCodes.Throttling;
    }

    public TimeSpan DelayOf(QueryRequest request) =>
        _latency.Strike(request.Action, Elapsed) is { } strike ? strike.Effect.At(strike.Roll) : TimeSpan.Zero;

    /// <summary>The call with what its reads see.</summary>
    public Ec2Call Open(QueryRequest request, SimulatedVpc vpc)
    {
        var model = vpc.Model;
        if (!ActionCatalog.IsRead(request.Action))
            return new Ec2Call(request, vpc, model) { QuotaOf = QuotaOf };
        if (_staleReads.Strike(request.Action, Elapsed) is { } stale)
            model = Recall(stale, vpc);
        var shape = _faults.Sections.Shape;
        return new Ec2Call(request, vpc, shape == AnswerShape.Usual ? model : model with { Shape = shape },
            () => _pages.Strike(request.Action, Elapsed)?.Effect.MaxItems);
    }

    public void End() => Fates.End();

    private int? QuotaOf(string routeTableId) => _faults.Sections.Quotas.FirstOrDefault(quota => quota.Concerns(routeTableId))?.Routes;

    private VpcModel Recall(Strike<Staleness> stale, SimulatedVpc vpc)
    {
        var moment = stale.Effect.MomentAt(_time.GetUtcNow(), _since + stale.Begin, stale.Roll);
        return stale.Effect.Frozen ? _frozen.GetOrAdd(moment, vpc.ModelAt) : vpc.ModelAt(moment);
    }
}
