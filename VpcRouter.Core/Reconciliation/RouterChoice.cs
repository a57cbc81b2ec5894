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
internal sealed class RouterChoice : IDisposable
{
    private readonly RouteSpec _spec;
    private readonly int _randomSeed;
    private readonly bool[] _allowed;
    private readonly RouterCandidate[] _candidates;
    private readonly int[] _offsets;
    private readonly RouterCandidate?[] _chosen;

    public RouterChoice(PlanningInput input)
    {
        var (spec, health, snapshot, policy, _) = input;
        _spec = spec;
        _randomSeed = policy.RandomSeed;
        var stopped = StoppedInterfaces.Behind(snapshot, RouteState.Blackhole);
        Hosts = spec.Hosts.ToDictionary(host => host, host => CandidateOf(host, snapshot.InterfaceOf(host), health.StateOf(host), stopped));
        var subnets = Hosts.Values.Select(host => host.Interface?.SubnetId).OfType<string>().ToHashSet();
        ManagedTables = [.. snapshot.RouteTables.Where(table => !table.IsEdge && (spec.IsEmpty ? input.ManagedBefore.Contains(table.Id) : ServesAny(table, subnets)))];
        Matched = new MatchedRoutes(spec, ManagedTables);
        _allowed = new bool[spec.Entries.Length];
        _offsets = new int[spec.Entries.Length + 1];
        for (var i = 0; i < spec.Entries.Length; i++)
        {
            _allowed[i] = policy.Allows(spec.Entries[i].Destination, isInSpec: true);
            _offsets[i + 1] = _offsets[i] + spec.Entries[i].Hosts.Length;
        }

        _candidates = new RouterCandidate[_offsets[^1]];
        for (var i = 0; i < spec.Entries.Length; i++)
        {
            var hosts = spec.Entries[i].Hosts;
            for (var j = 0; j < hosts.Length; j++)
                _candidates[_offsets[i] + j] = Hosts[hosts[j]];
        }

        _chosen = new RouterCandidate?[spec.Entries.Length];
        var votes = CountVotes();
        for (var i = 0; i < _chosen.Length; i++)
            _chosen[i] = Choose(i, votes);
    }

    public IReadOnlyDictionary<IPAddress, RouterCandidate> Hosts { get; }

    /// <summary>The route tables that serve a host of the spec, never an edge table.</summary>
    public ImmutableArray<RouteTable> ManagedTables { get; }

    /// <summary>The entries to which the routes of <see cref="ManagedTables"/> belong.</summary>
    public MatchedRoutes Matched { get; }

    public ReadOnlySpan<RouterCandidate> CandidatesOf(int entry) => _candidates.AsSpan(_offsets[entry].._offsets[entry + 1]);

    /// <summary>Whether an entry says anything about a table.</summary>
    public bool Concerns(int entry, RouteTable table)
    {
        var narrowedTo = _spec.Entries[entry].RouteTables;
        return _allowed[entry] && (narrowedTo.IsEmpty || narrowedTo.Contains(table.Id));
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
                if (candidate.IsUsableAs(best) && candidate.Carries(route.Target))
                    return candidate;
            }
        }

        return RouterSelection.Select(specEntry, candidates, best, table.Zones.FirstOrDefault(), _randomSeed);
    }

    public void Dispose() => Matched.Dispose();

    private static bool ServesAny(RouteTable table, HashSet<string> subnets)
    {
        foreach (var subnet in table.SubnetIds)
        {
            if (subnets.Contains(subnet))
                return true;
        }

        return false;
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
        for (var i = 0; i < ManagedTables.Length; i++)
        {
            var table = ManagedTables[i];
            var entries = Matched.EntriesOf(i);
            for (var j = 0; j < entries.Length; j++)
            {
                var route = table.Routes[j];
                var entry = entries[j];
                if (entry < 0 || !route.IsCreated || !Concerns(entry, table))
                    continue;
                for (var candidate = _offsets[entry]; candidate < _offsets[entry + 1]; candidate++)
                {
                    if (_candidates[candidate].Carries(route.Target))
                        votes[candidate]++;
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
            if (candidate.IsUsableAs(best) && votes[_offsets[entry] + i] > mostVotes)
                (sticky, mostVotes) = (candidate, votes[_offsets[entry] + i]);
        }

        return sticky
            ?? (best == HealthState.Failed
                ? null
                : RouterSelection.Select(_spec.Entries[entry], candidates, best, zone: null, _randomSeed));
    }
}
