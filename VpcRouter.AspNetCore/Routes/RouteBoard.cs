using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>
/// The routes of one state in a form that pages of it can be cut from without looking at everything again. Immutable and thread-safe.
/// It keeps a few words a destination, and nothing a route that stands in the way of no other.
/// </summary>
internal sealed class RouteBoard
{
    private readonly DestinationView[] _views;
    private readonly Dictionary<(string TableId, RouteDestination Destination), RouteChange> _planned;
    private readonly Dictionary<string, List<RouteChangeOutcome>> _vanished = [];
    private readonly Dictionary<string, HashSet<RouteDestination>> _shadowed = [];
    private readonly Dictionary<IPAddress, int> _routesOf = [];
    private readonly int[] _byCondition = new int[Enum.GetValues<RouteCondition>().Length];

    public RouteBoard(RouterStatus status)
    {
        Status = status;
        Spec = status.Spec ?? RouteSpec.Empty;
        Tables = TablesOf(status);
        _planned = (status.Plan?.Changes ?? []).ToDictionary(change => (change.RouteTableId, change.Destination));
        _views = new DestinationView[Spec.Entries.Length];
        for (var i = 0; i < _views.Length; i++)
            _views[i] = new DestinationView { Router = -1, Condition = RouteCondition.Absent, HasUsableHost = HasUsableHost(Spec.Entries[i]) };
        foreach (var table in Tables)
        {
            ReadShadowed(table);
            Read(table);
        }

        ReadMissing();
        for (var i = 0; i < _views.Length; i++)
            _byCondition[(int)_views[i].Condition]++;
    }

    public RouterStatus Status { get; }

    /// <summary>When that was the state, as a timestamp.</summary>
    public long ReadAt { get; init; }

    public RouteSpec Spec { get; }

    /// <summary>The managed tables of the newest look; none before the first plan, which says which they are.</summary>
    public ImmutableArray<RouteTable> Tables { get; }

    /// <summary>How many routes lead to each router, over all managed tables.</summary>
    public IReadOnlyDictionary<IPAddress, int> RoutesOf => _routesOf;

    public int CountOf(RouteCondition condition) => _byCondition[(int)condition];

    public ref readonly DestinationView ViewOf(int entry) => ref _views[entry];

    /// <summary>What was written to a route last, or <see langword="null"/>.</summary>
    public RouteChangeOutcome? Outcome(string tableId, RouteDestination destination) => Status.Outcomes.GetValueOrDefault((tableId, destination));

    /// <summary>What was tried with routes that stand in a table no more, or never came to.</summary>
    public IReadOnlyList<RouteChangeOutcome> VanishedFrom(string tableId) => _vanished.GetValueOrDefault(tableId) ?? [];

    /// <summary>How a route of a table is.</summary>
    /// <param name="tableId">The table.</param>
    /// <param name="destination">The route.</param>
    /// <param name="route">The route as it stands, or <see langword="null"/> when it is missing.</param>
    /// <param name="entry">The spec's entry for it, or −1.</param>
    public RouteCondition ConditionOf(string tableId, RouteDestination destination, Route? route, int entry)
    {
        if (_planned.Count > 0 && _planned.TryGetValue((tableId, destination), out var change) && route?.Target != change.To)
            return Outcome(tableId, destination) is { Succeeded: false } outcome && outcome.Change.To == change.To ? RouteCondition.Error : RouteCondition.Pending;
        if (entry < 0)
            return RouteCondition.Foreign;
        return _views[entry].HasUsableHost ? RouteCondition.Ok : RouteCondition.NoRouter;
    }

    /// <summary>The place in an entry's host list of the host that a route leads to, or −1.</summary>
    public int RouterOf(RouteEntry entry, Route route)
    {
        if (route.Target.Kind != RouteTargetKind.NetworkInterface)
            return -1;
        for (var i = 0; i < entry.Hosts.Length; i++)
        {
            if (Status.Snapshot!.InterfaceOf(entry.Hosts[i])?.Id == route.Target.Id)
                return i;
        }

        return -1;
    }

    /// <summary>Whether a route that nobody made, a propagated one, stands beside one for the same destination that somebody made.</summary>
    public bool IsShadowed(RouteTable table, Route route) =>
        !route.IsCreated && _shadowed.TryGetValue(table.Id, out var destinations) && destinations.Contains(route.Destination);

    /// <summary>What the newest health report says of a host.</summary>
    public HealthState HealthOf(IPAddress host) => Status.Health?.StateOf(host) ?? HealthState.Healthy;

    private static ImmutableArray<RouteTable> TablesOf(RouterStatus status)
    {
        if (status is not { Snapshot: { } snapshot, Plan: { } plan })
            return [];
        var managed = plan.ManagedRouteTableIds.ToHashSet(StringComparer.Ordinal);
        return [.. snapshot.RouteTables.Where(table => managed.Contains(table.Id))];
    }

    /// <summary>Whether an entry says anything about a table.</summary>
    public bool Concerns(int entry, string tableId) => Spec.Entries[entry].RouteTables.IsEmpty || Spec.Entries[entry].RouteTables.Contains(tableId);

    private bool HasUsableHost(RouteEntry entry)
    {
        foreach (var host in entry.Hosts)
        {
            if (HealthOf(host) != HealthState.Failed && Status.Snapshot?.InterfaceOf(host) is { IsAttached: true, IsInstanceRunning: true })
                return true;
        }

        return false;
    }

    private void ReadShadowed(RouteTable table)
    {
        HashSet<RouteDestination>? propagated = null;
        foreach (var route in table.Routes)
        {
            if (!route.IsCreated)
                (propagated ??= []).Add(route.Destination);
        }

        if (propagated is null)
            return;
        HashSet<RouteDestination>? shadowed = null;
        foreach (var route in table.Routes)
        {
            if (route.IsCreated && propagated.Contains(route.Destination))
                (shadowed ??= []).Add(route.Destination);
        }

        if (shadowed is not null)
            _shadowed[table.Id] = shadowed;
    }

    private void Read(RouteTable table)
    {
        foreach (var route in table.Routes)
        {
            var index = Spec.IndexOf(route.Destination);
            if (index < 0 || !Concerns(index, table.Id) || IsShadowed(table, route))
                continue;
            var router = RouterOf(Spec.Entries[index], route);
            if (router >= 0)
                CollectionsMarshal.GetValueRefOrAddDefault(_routesOf, Spec.Entries[index].Hosts[router], out _)++;

            ref var view = ref _views[index];
            view.Tables++;
            // One destination has one router; of several tables, one that is in line says which it is.
            if (view.Table is null || (view.Router < 0 && router >= 0))
                (view.Table, view.Route, view.Router) = (table, route, router);
            Worsen(ref view, table, ConditionOf(table.Id, route.Destination, route, index));
        }
    }

    // Routes that are planned and stand nowhere, and outcomes of such.
    private void ReadMissing()
    {
        var tables = Tables.ToDictionary(table => table.Id, StringComparer.Ordinal);
        var standing = new Dictionary<string, HashSet<RouteDestination>>();
        foreach (var change in _planned.Values.Where(change => change.Kind == RouteChangeKind.Create))
        {
            if (tables.TryGetValue(change.RouteTableId, out var table) && Spec.IndexOf(change.Destination) is >= 0 and var index && !StandsIn(table, change.Destination))
                Worsen(ref _views[index], table, ConditionOf(table.Id, change.Destination, null, index));
        }

        // A write that made a route left it standing, unless somebody deleted it since; only the others can be gone.
        foreach (var outcome in Status.Outcomes.Values.Where(outcome => !outcome.Succeeded || outcome.Change.To is null))
        {
            if (!tables.TryGetValue(outcome.Change.RouteTableId, out var table) || StandsIn(table, outcome.Change.Destination))
                continue;
            if (!_vanished.TryGetValue(table.Id, out var list))
                _vanished[table.Id] = list = [];
            list.Add(outcome);
        }

        foreach (var list in _vanished.Values)
            list.Sort((a, b) => string.CompareOrdinal(a.Change.Destination.ToString(), b.Change.Destination.ToString()));

        bool StandsIn(RouteTable table, RouteDestination destination)
        {
            if (!standing.TryGetValue(table.Id, out var destinations))
                standing[table.Id] = destinations = [.. table.Routes.Select(route => route.Destination)];
            return destinations.Contains(destination);
        }
    }

    private static void Worsen(ref DestinationView view, RouteTable table, RouteCondition condition)
    {
        if (condition <= view.Condition)
            return;
        (view.Condition, view.WorstTable) = (condition, table);
    }
}
