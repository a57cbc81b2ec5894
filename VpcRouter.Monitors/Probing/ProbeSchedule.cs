using System.Diagnostics.CodeAnalysis;
using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Probing;

/// <summary>
/// Says which host to probe when. Pure arithmetic on the times it is given: no clock, no I/O. Not thread-safe.
/// A host is never due while a probe of it is in flight.
/// </summary>
internal sealed class ProbeSchedule(TimeSpan interval, Random random)
{
    /// <summary>The fastest pace at which one host is probed; a refusal comes back at once, and must not be asked for in a tight loop.</summary>
    internal static readonly TimeSpan SuspectPace = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartUpPace = TimeSpan.FromMilliseconds(1);
    private const double Jitter = 0.1;

    private readonly Dictionary<IPAddress, HostProbe> _probes = [];
    private readonly PriorityQueue<HostProbe, TimeSpan> _due = new();

    /// <summary>When the next host is due; <see langword="null"/> when none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            DropRemoved();
            return _due.TryPeek(out _, out var due) ? due : null;
        }
    }

    /// <summary>Every probe known, also those in flight for hosts already removed.</summary>
    public IEnumerable<HostProbe> Probes => _probes.Values;

    /// <summary>Replaces the host list. New hosts are due at once, one a millisecond, or faster when there are so many that it would take over a second.</summary>
    /// <returns>The probes in flight whose hosts were removed, to be cancelled.</returns>
    public IReadOnlyList<HostProbe> SetHosts(HostList hosts, TimeSpan now)
    {
        var cancelled = new List<HostProbe>();
        foreach (var probe in _probes.Values.Where(probe => !probe.Removed && !hosts.Contains(probe.Host)).ToArray())
        {
            probe.Removed = true;
            if (probe.InFlight)
                cancelled.Add(probe);
            else
                _probes.Remove(probe.Host);
        }

        Add([.. hosts.Where(host => !_probes.TryGetValue(host, out var probe) || probe.Removed)], now);
        return cancelled;
    }

    /// <summary>Takes the next host that is due, which from now on counts as in flight.</summary>
    public bool TryTakeDue(TimeSpan now, [NotNullWhen(true)] out HostProbe? probe)
    {
        DropRemoved();
        if (!_due.TryPeek(out probe, out var due) || due > now)
        {
            probe = null;
            return false;
        }

        _due.Dequeue();
        probe.InFlight = true;
        probe.StartedAt = now;
        return true;
    }

    /// <summary>Ends a probe that was in flight and, unless its host was removed, sets the time of the next.</summary>
    public void Finish(HostProbe probe, TimeSpan now, NextProbe next)
    {
        probe.InFlight = false;
        if (probe.Removed)
        {
            _probes.Remove(probe.Host);
            return;
        }

        _due.Enqueue(probe, probe.Stale ? now : Due(probe, now, next));
        probe.Stale = false;
    }

    private void Add(IPAddress[] hosts, TimeSpan now)
    {
        var span = Min(Min(StartUp, interval), hosts.Length * StartUpPace);
        for (var i = 0; i < hosts.Length; i++)
        {
            // The place in the short first sweep is also the place in the interval from then on, so that nobody waits longer than one interval.
            var place = (i + random.NextDouble()) / hosts.Length;
            if (_probes.TryGetValue(hosts[i], out var inFlight))
            {
                inFlight.Removed = false;
                inFlight.Stale = true;
                inFlight.FirstRound = now + span + (place * interval);
                continue;
            }

            var probe = new HostProbe(hosts[i]) { FirstRound = now + span + (place * interval) };
            _probes.Add(probe.Host, probe);
            _due.Enqueue(probe, now + (place * span));
        }
    }

    private TimeSpan Due(HostProbe probe, TimeSpan now, NextProbe next)
    {
        if (next == NextProbe.AtOnce)
            return Max(now, probe.StartedAt + SuspectPace);
        if (next == NextProbe.Soon)
            return now + Min(interval, StartUp);
        var firstRound = probe.FirstRound;
        probe.FirstRound = null;
        if (firstRound > now)
            return firstRound.Value;
        return Max(now, probe.StartedAt + ((1 - (Jitter * random.NextDouble())) * interval));
    }

    private void DropRemoved()
    {
        while (_due.TryPeek(out var probe, out _) && probe.Removed)
            _due.Dequeue();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
