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
    private readonly RouterDecision[] _chosen;
    private readonly Failback _failback;

    public RouterChoice(PlanningInput input)
    {
        var (spec, health, snapshot, policy, _) = input;
        _spec = spec;
        _randomSeed = policy.RandomSeed;
        Panic = PanicGuard.Of(input);
        _failback = new Failback(input, Panic is not null);
        var stopped = StoppedInterfaces.Behind(snapshot, RouteState.Blackhole);
        Hosts = spec.Hosts.ToDictionary(host => host, host => CandidateOf(host, snapshot.InterfaceOf(host), health.StateOf(host), stopped));
        var subnets = Hosts.Values.Select(host => host.Interface?.SubnetId).OfType<string>().ToHashSet();
        var gone = Hosts.Values.Where(host => host.Interface is null).Select(host => host.Address).ToList();
        ManagedTables = [.. snapshot.RouteTables.Where(table => !table.IsEdge && (spec.IsEmpty ? input.ManagedBefore.Contains(table.Id) : ServesAny(table, subnets, gone)))];
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

        _chosen = new RouterDecision[spec.Entries.Length];
        var votes = CountVotes();
        for (var i = 0; i < _chosen.Length; i++)
            _chosen[i] = Choose(i, votes);
    }

    /// <summary>The panic that is on, or <see langword="null"/>.</summary>
    public PanicGuard? Panic { get; }

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

    /// <summary>Decides the router of an entry in a table.</summary>
    /// <param name="entry">The entry's index.</param>
    /// <param name="table">The table; it matters only for <see cref="RouterSelectionMode.Zone"/>.</param>
    /// <param name="route">The table's route now, if it has one.</param>
    public RouterDecision Decide(int entry, RouteTable table, Route? route)
    {
        if (_spec.Entries[entry].Select != RouterSelectionMode.Zone)
            return _chosen[entry];
        var candidates = CandidatesOf(entry);
        var best = BestClass(candidates);
        RouterCandidate? sticky = null;
        for (var i = 0; route is not null && sticky is null && i < candidates.Length; i++)
        {
            if (candidates[i].IsUsableAs(best) && candidates[i].Carries(route.Target))
                sticky = candidates[i];
        }

        return Decide(entry, candidates, best, sticky, table.Zones.FirstOrDefault());
    }

    /// <summary>The best health among an entry's usable hosts; <see cref="HealthState.Failed"/> when none is usable.</summary>
    public HealthState BestHealthOf(int entry) => BestClass(CandidatesOf(entry));

    /// <summary>The host that a route leads to, or none of the entry's; of several on the interface the best one is the router.</summary>
    public RouterCandidate? OldRouterOf(int entry, Route route)
    {
        RouterCandidate? old = null;
        foreach (var candidate in CandidatesOf(entry))
        {
            if (candidate.Carries(route.Target) && (old is null || candidate.Health < old.Health))
                old = candidate;
        }

        return old;
    }

    public void Dispose() => Matched.Dispose();

    // A terminated instance takes its interface along. Its table must stay managed all the same, or its routes would lead to nothing for good.
    private static bool ServesAny(RouteTable table, HashSet<string> subnets, List<IPAddress> gone)
    {
        foreach (var subnet in table.SubnetIds)
        {
            if (subnets.Contains(subnet))
                return true;
        }

        return gone.Count > 0 && table.SubnetCidrs.Any(cidr => gone.Exists(cidr.Contains));
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

    private RouterDecision Choose(int entry, int[] votes)
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

        return Decide(entry, candidates, best, sticky, zone: null);
    }

    private RouterDecision Decide(int entry, ReadOnlySpan<RouterCandidate> candidates, HealthState best, RouterCandidate? sticky, string? zone)
    {
        var specEntry = _spec.Entries[entry];
        if (sticky is not null)
            return _failback.Decide(specEntry, candidates, sticky, zone);
        var selected = best == HealthState.Failed ? null : RouterSelection.Select(specEntry, candidates, best, zone, _randomSeed);
        return new RouterDecision(selected, selected is null ? DecidingRule.NoUsableHost : DecidingRule.Selected);
    }
}
