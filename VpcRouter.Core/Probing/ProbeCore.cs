using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>
/// Decides who is probed when, when a probe counts as lost, and who has failed. Pure arithmetic on the times it is given: no clock, no I/O.
/// A probe costs no object. Not thread-safe.
/// </summary>
/// <remarks>
/// A host's probes count in the order in which they were sent. An answer settles everything sent before it, so that a probe that gets
/// lost just before another is answered never adds to a later loss. A refusal waits for the older probes still under way.
/// </remarks>
internal sealed partial class ProbeCore(ProbeTiming timing, int fall, int rise, IProbeObserver observer, Random random)
{
    /// <summary>The fastest pace at which a suspect is probed; a refusal comes back at once, and must not be asked for in a tight loop.</summary>
    internal static readonly TimeSpan FastestPace = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartUpPace = TimeSpan.FromMilliseconds(1);
    private const double Jitter = 0.05;

    /// <summary>How many regular probes are worth a turn of their own, as long as nobody waits longer for it than <see cref="LongestStep"/>.</summary>
    private const int ProbesPerStep = 192;

    /// <summary>How many of the times at which nobody could look are remembered at once.</summary>
    private const int MostStalls = 32;

    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(5);
    private const int RoundTripsPerPace = 4;
    private const int SmoothingShift = 3;
    private readonly string _noAnswer = $"no answer within {timing.Timeout.TotalMilliseconds:0} ms";
    private readonly HostTable _table = new();
    private readonly HealthTracker _tracker = new(fall, rise);
    private readonly FlightTable _flights = new();
    private readonly TimingWheel _wheel = new();
    private readonly List<(TimeSpan At, TimeSpan Until)> _stalls = [];
    private HostProbing[] _hosts = [];
    private TimeSpan _step = TimeSpan.FromTicks(1);

    /// <summary>Whether every host has been decided, see <see cref="HealthTracker.IsDecided"/>.</summary>
    public bool IsDecided => _tracker.IsDecided;

    /// <summary>Goes up whenever the list of failed hosts changes.</summary>
    public long Version { get; private set; }

    public int FailedCount => _tracker.Failed.Count;

    /// <summary>When to look at the latest; <see langword="null"/> when nothing will be due.</summary>
    public TimeSpan? Next => _wheel.Next is { } tick ? new TimeSpan(tick * TimeSpan.TicksPerMillisecond) : null;

    /// <summary>The failed hosts: a copy.</summary>
    public IReadOnlyList<IPAddress> Failed => [.. _tracker.Failed.Select(host => _table[host])];

    /// <summary>Whether a host has failed; false for one that isn't in the list.</summary>
    public bool IsFailed(IPAddress address) => _table.TryGet(address, out var host) && _tracker.IsFailed(host);

    /// <summary>
    /// Replaces the host list. New hosts are due at once, one a millisecond, or faster when there are so many that it would take over a
    /// second. What is under way to removed hosts counts for nothing, even when they come back.
    /// </summary>
    public void SetHosts(HostList hosts, TimeSpan now)
    {
        foreach (var gone in _table.NotIn(hosts))
            Remove(gone);
        _step = Max(TimeSpan.FromTicks(1), Min(LongestStep, timing.Interval * ProbesPerStep / Math.Max(1, hosts.Count)));
        IPAddress[] added = [.. hosts.Where(address => !_table.TryGet(address, out _))];
        var span = Min(Min(StartUp, timing.Interval), added.Length * StartUpPace);
        for (var i = 0; i < added.Length; i++)
        {
            // The place in the short first sweep is also the place in the interval from then on, so that nobody waits longer than one interval.
            var place = (i + random.NextDouble()) / added.Length;
            Add(added[i], now + (place * span), now + span + (place * timing.Interval));
        }
    }

    /// <summary>Notes that nobody could look for a while: deadlines within that while are not counted.</summary>
    /// <param name="at">The time at which time stood still.</param>
    /// <param name="missed">For how long.</param>
    public void Stalled(TimeSpan at, TimeSpan missed)
    {
        // A short one must not make those before it forgotten: after a long stop the machine is busy, and more follow.
        _stalls.RemoveAll(stall => stall.Until < at);
        if (_stalls.Count == MostStalls)
            _stalls.Remove(_stalls.MinBy(stall => stall.Until));
        _stalls.Add((at, at + missed));
    }

    /// <summary>Takes what has come in. To be called before <see cref="Attend"/> with the same time.</summary>
    /// <param name="completions">What has come in.</param>
    /// <param name="now">The time.</param>
    /// <param name="isPrompt">Whether it may be taken to have come in just now; false after nobody could look for a while.</param>
    public void Complete(ReadOnlySpan<ProbeCompletion> completions, TimeSpan now, bool isPrompt = true)
    {
        foreach (ref readonly var completion in completions)
        {
            if (!_flights.TryFind(completion.Number, completion.Host, out var place))
                continue;
            switch (completion.Outcome)
            {
                case ProbeOutcome.Alive:
                    Answer(place, now, completion.RoundTrip ?? (isPrompt ? now - _flights[place].SentAt : null));
                    break;
                case ProbeOutcome.Dead:
                    Refuse(place, now, completion.Reason);
                    break;
                default:
                    GiveUp(place, now, completion.Reason);
                    break;
            }

            Arm(completion.Host);
        }
    }

    /// <summary>Passes deadlines and takes the probes that are due.</summary>
    /// <returns>How many probes are to be sent; as many as there is room for means that more may be due.</returns>
    public int Attend(TimeSpan now, Span<ProbeRequest> probes)
    {
        _wheel.Advance(now.Ticks / TimeSpan.TicksPerMillisecond);
        var count = 0;
        while (count < probes.Length && _wheel.TryTake(out var host))
        {
            Expire(host, now);
            if (WantsProbe(host, now))
                probes[count++] = Launch(host, now);
            Arm(host);
        }

        return count;
    }

    private void Add(IPAddress address, TimeSpan due, TimeSpan firstRound)
    {
        var host = _table.Add(address);
        if (host >= _hosts.Length)
            Array.Resize(ref _hosts, Math.Max(host + 1, _hosts.Length * 2));
        _hosts[host] = new HostProbing { Due = Together(due), FirstRound = firstRound, Oldest = FlightTable.None, Youngest = FlightTable.None };
        _tracker.Add(host);
        observer.HostAdded(host, address);
        Arm(host);
    }

    private void Remove(int host)
    {
        while (_hosts[host].Oldest is var oldest and not FlightTable.None)
        {
            observer.ProbeAbandoned(_flights.NumberOf(oldest));
            End(oldest);
        }

        _wheel.Remove(host);
        if (_tracker.Remove(host))
            Version++;
        _hosts[host] = default;
        _table.Remove(host);
        observer.HostRemoved(host);
    }

    private bool WantsProbe(int host, TimeSpan now)
    {
        ref readonly var state = ref _hosts[host];
        if (IsSuspect(host, now))
            return _tracker.FailureRun(host) + state.Undecided < fall && state.SuspectDue <= now;
        return state.Undecided == 0 && state.Due <= now;
    }

    private bool IsSuspect(int host, TimeSpan now)
    {
        if (_tracker.IsFailed(host))
            return false;
        return _tracker.FailureRun(host) > 0 || (_hosts[host].Undecided > 0 && SuspectAt(host) <= now);
    }

    private ProbeRequest Launch(int host, TimeSpan now)
    {
        ref var state = ref _hosts[host];
        var place = _flights.Add(host, now);
        if (state.Youngest == FlightTable.None)
            state.Oldest = place;
        else
            _flights[state.Youngest].Next = place;
        state.Youngest = place;
        state.Undecided++;
        state.LastSent = now;
        state.SuspectDue = now + Pace(in state);
        state.Due = Together(state.FirstRound > now + _step ? state.FirstRound : now + ((1 - (Jitter * random.NextDouble())) * timing.Interval));
        observer.ProbeSent(host);
        return new ProbeRequest(host, _flights.NumberOf(place), _table[host]);
    }

    /// <summary>Regular probes go out a few dozen together, because a turn for each would cost more than the probe. Earlier, never later.</summary>
    private TimeSpan Together(TimeSpan due) => new(due.Ticks - (due.Ticks % _step.Ticks));

    /// <summary>Sets the time at which the host needs attention next.</summary>
    private void Arm(int host)
    {
        ref readonly var state = ref _hosts[host];
        var at = state.Oldest == FlightTable.None ? TimeSpan.MaxValue : _flights[state.Oldest].SentAt + timing.Timeout;
        if (_tracker.IsFailed(host) || (_tracker.FailureRun(host) == 0 && state.Undecided == 0))
            at = state.Undecided == 0 ? Min(at, state.Due) : at;
        else if (_tracker.FailureRun(host) + state.Undecided < fall)
            at = Min(at, _tracker.FailureRun(host) > 0 ? state.SuspectDue : Max(state.SuspectDue, SuspectAt(host)));
        // Up, so that by the tick the time has really come.
        _wheel.Set(host, (at.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>When the oldest probe that a verdict may depend on has been without an answer for too long.</summary>
    private TimeSpan SuspectAt(int host)
    {
        var place = _hosts[host].Oldest;
        while (_flights[place].State == FlightState.Settled)
            place = _flights[place].Next;
        return _flights[place].SentAt + Pace(in _hosts[host]);
    }

    private static TimeSpan Pace(in HostProbing state) => Max(FastestPace, new TimeSpan(state.Smoothed.Ticks * RoundTripsPerPace));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
