using System.Collections.Immutable;
using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Decides the router of each destination. Routers are sticky: among the usable hosts of the best health class, one that routes
/// the destination already keeps it, the one in most tables when tables disagree; otherwise the entry's selection decides.
/// </summary>
internal sealed class RouterChoice
{
    private readonly RouteSpec _spec;
    private readonly RoutePolicy _policy;
    private readonly RouterCandidate[] _candidates;
    private readonly int[] _offsets;
    private readonly RouterCandidate?[] _chosen;

    public RouterChoice(RouteSpec spec, HealthReport health, VpcSnapshot snapshot, RoutePolicy policy, ImmutableArray<string> managedBefore)
    {
        _spec = spec;
        _policy = policy;
        var stopped = StoppedInterfaces.Behind(snapshot, RouteState.Blackhole).ToHashSet();
        Hosts = spec.Hosts.ToDictionary(host => host, host => CandidateOf(host, snapshot.InterfaceOf(host), health.StateOf(host), stopped));
        var subnets = Hosts.Values.Select(host => host.Interface?.SubnetId).OfType<string>().ToHashSet();
        ManagedTables = [.. snapshot.RouteTables.Where(table => !table.IsEdge && (spec.IsEmpty ? managedBefore.Contains(table.Id) : table.SubnetIds.Any(subnets.Contains)))];
        _offsets = new int[spec.Entries.Length + 1];
        for (var i = 0; i < spec.Entries.Length; i++)
            _offsets[i + 1] = _offsets[i] + spec.Entries[i].Hosts.Length;
        _candidates = new RouterCandidate[_offsets[^1]];
        for (var i = 0; i < spec.Entries.Length; i++)
        {
            for (var j = 0; j < spec.Entries[i].Hosts.Length; j++)
                _candidates[_offsets[i] + j] = Hosts[spec.Entries[i].Hosts[j]];
        }

        _chosen = new RouterCandidate?[spec.Entries.Length];
        var votes = CountVotes();
        for (var i = 0; i < _chosen.Length; i++)
            _chosen[i] = Choose(i, votes);
    }

    public IReadOnlyDictionary<IPAddress, RouterCandidate> Hosts { get; }

    /// <summary>The route tables that serve a host of the spec, never an edge table.</summary>
    public ImmutableArray<RouteTable> ManagedTables { get; }

    public ReadOnlySpan<RouterCandidate> CandidatesOf(int entry) => _candidates.AsSpan(_offsets[entry].._offsets[entry + 1]);

    /// <summary>Whether an entry says anything about a table.</summary>
    public bool Concerns(int entry, RouteTable table)
    {
        var specEntry = _spec.Entries[entry];
        return (specEntry.RouteTables.IsEmpty || specEntry.RouteTables.Contains(table.Id)) && _policy.Allows(specEntry.Destination, isInSpec: true);
    }

    /// <summary>The router of an entry in a table, or none when no host is usable.</summary>
    /// <param name="entry">The entry's index.</param>
    /// <param name="table">The table; it matters only for <see cref="RouterSelectionMode.Zone"/>.</param>
    /// <param name="route">The table's route now, if it has one.</param>
    public RouterCandidate? RouterFor(int entry, RouteTable table, Route? route)
    {
        var specEntry = _spec.Entries[entry];
        if (specEntry.Select != RouterSelectionMode.Zone)
            return _chosen[entry];
        var candidates = CandidatesOf(entry);
        var best = BestClass(candidates);
        if (route is not null)
        {
            foreach (var candidate in candidates)
            {
                if (candidate.IsUsable && candidate.Health == best && candidate.Carries(route.Target))
                    return candidate;
            }
        }

        return RouterSelection.Select(specEntry, candidates, candidate => candidate.IsUsable && candidate.Health == best, table.Zones.FirstOrDefault(), _policy.RandomSeed);
    }

    private static RouterCandidate CandidateOf(IPAddress host, NetworkInterface? networkInterface, HealthState health, HashSet<string> stopped) =>
        new(host, networkInterface, health) { IsBlackhole = networkInterface is not null && stopped.Contains(networkInterface.Id) };

    private static HealthState BestClass(ReadOnlySpan<RouterCandidate> candidates)
    {
        var best = HealthState.Failed;
        foreach (var candidate in candidates)
        {
            if (candidate.IsUsable && candidate.Health < best)
                best = candidate.Health;
        }

        return best;
    }

    private int[] CountVotes()
    {
        var votes = new int[_candidates.Length];
        foreach (var table in ManagedTables)
        {
            foreach (var route in table.Routes)
            {
                if (!route.IsCreated || _spec.IndexOf(route.Destination) is not (>= 0 and var entry) || !Concerns(entry, table))
                    continue;
                for (var i = _offsets[entry]; i < _offsets[entry + 1]; i++)
                {
                    if (_candidates[i].Carries(route.Target))
                        votes[i]++;
                }
            }
        }

        return votes;
    }

    private RouterCandidate? Choose(int entry, int[] votes)
    {
        var candidates = CandidatesOf(entry);
        var best = BestClass(candidates);
        RouterCandidate? sticky = null;
        var mostVotes = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            if (candidate.IsUsable && candidate.Health == best && votes[_offsets[entry] + i] > mostVotes)
                (sticky, mostVotes) = (candidate, votes[_offsets[entry] + i]);
        }

        return sticky
            ?? (best == HealthState.Failed
                ? null
                : RouterSelection.Select(_spec.Entries[entry], candidates, candidate => candidate.IsUsable && candidate.Health == best, zone: null, _policy.RandomSeed));
    }
}
