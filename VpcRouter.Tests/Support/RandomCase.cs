using System.Collections.Immutable;
using System.Net;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>
/// Everything that a plan follows from, drawn at random by <see cref="RandomCaseGen"/>. The questions it answers about the case are worked
/// out from the rules, not with the planner's code. Immutable.
/// </summary>
internal sealed record RandomCase(
    VpcSnapshot Snapshot,
    RouteSpec Spec,
    HealthHistory Health,
    RoutePolicy Policy,
    DateTimeOffset Now,
    ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteTarget> Owned)
{
    public RoutePlan Plan() => RoutePlanner.Plan(Spec, Health, Snapshot, Policy, Now, IsOurs);

    public RouteExplanation Explain(RouteDestination destination) => RoutePlanner.Explain(destination, Spec, Health, Snapshot, Policy, Now, IsOurs);

    public bool IsOurs(string routeTableId, Route route) => Owned.TryGetValue((routeTableId, route.Destination), out var written) && written == route.Target;

    /// <summary>The case once a plan is carried out; what blackholes have shown of instances stays known, as the reconciler remembers it.</summary>
    public RandomCase After(RoutePlan plan)
    {
        var before = StoppedInterfaces.Mark(Snapshot, StoppedInterfaces.Behind(Snapshot, RouteState.Blackhole));
        var changes = plan.Changes.ToLookup(change => change.RouteTableId);
        return this with
        {
            Snapshot = before.WithRouteTables([.. before.RouteTables.Select(table => table with { Routes = After(table, changes[table.Id]) })]),
            Owned = plan.Changes.Aggregate(Owned, (owned, change) => change.To is { } target && (change.Destination.IsDefaultRoute || target.Kind != RouteTargetKind.NetworkInterface)
                ? owned.SetItem((change.RouteTableId, change.Destination), target)
                : owned.Remove((change.RouteTableId, change.Destination))),
        };
    }

    /// <summary>Whether a table serves a subnet with a host of the spec.</summary>
    public bool IsManaged(RouteTable table) => !table.IsEdge && Spec.Hosts.Any(host =>
        Snapshot.InterfaceOf(host) is { } item ? table.SubnetIds.Contains(item.SubnetId) : table.SubnetCidrs.Any(cidr => cidr.Contains(host)));

    /// <summary>Whether the settings leave a destination to us.</summary>
    public bool Allows(RouteDestination destination, bool isInSpec) =>
        !Policy.IgnoreRoutes.Items.Any(ignored => ignored == destination || (!ignored.IsDefaultRoute && ignored.Contains(destination)))
        && (Policy.ManagedCidrs.Items.IsEmpty || (isInSpec && destination.PrefixListId is not null) || Policy.ManagedCidrs.Items.Any(managed => managed.Contains(destination)));

    /// <summary>Whether a route of a managed table is ours to change.</summary>
    public bool IsManaged(RouteTable table, Route route)
    {
        var entry = EntryOf(table, route.Destination);
        if (!route.IsCreated || !Allows(route.Destination, entry is not null))
            return false;
        var isToHost = route.Target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;
        if (IsOurs(table.Id, route))
            return entry is not null || !Spec.TryGetEntry(route.Destination, out _);
        return entry is null
            ? isToHost && !route.Destination.IsDefaultRoute && !Spec.TryGetEntry(route.Destination, out _)
            : isToHost || route.Target == entry.Fallback || route is { State: RouteState.Blackhole, Target.Kind: RouteTargetKind.None };
    }

    /// <summary>The entry that speaks of a destination in a table.</summary>
    public RouteEntry? EntryOf(RouteTable table, RouteDestination destination) =>
        Spec.TryGetEntry(destination, out var entry) && (entry.RouteTables.IsEmpty || entry.RouteTables.Contains(table.Id)) ? entry : null;

    /// <summary>The hosts of an entry that may be its router now: of the usable ones the healthy, or else the questionable.</summary>
    public IReadOnlyList<IPAddress> BestHosts(RouteEntry entry)
    {
        var stopped = StoppedInterfaces.Behind(Snapshot, RouteState.Blackhole);
        var usable = entry.Hosts.Where(host => Health.StateOf(host) != HealthState.Failed
            && Snapshot.InterfaceOf(host) is { IsAttached: true, IsInstanceRunning: true } item && !stopped.Contains(item.Id)).ToList();
        var healthy = usable.Where(host => Health.StateOf(host) == HealthState.Healthy).ToList();
        return healthy.Count > 0 ? healthy : usable;
    }

    /// <summary>Every route that the spec speaks of in a managed table and that is ours to change.</summary>
    public IEnumerable<(RouteTable Table, Route Route, RouteEntry Entry)> ManagedSpecRoutes() =>
        from table in Snapshot.RouteTables
        where IsManaged(table)
        from route in table.Routes
        let entry = EntryOf(table, route.Destination)
        where entry is not null && IsManaged(table, route)
        select (table, route, entry);

    /// <summary>The case as a person reads it when a property fails.</summary>
    public override string ToString() => string.Join(
        '\n',
        Spec.Entries.Select(entry => $"entry {entry.Destination}: [{string.Join(' ', entry.Hosts)}] {entry.Select} failback {entry.Failback} fallback {entry.Fallback} in [{string.Join(' ', entry.RouteTables)}]")
            .Concat(Snapshot.NetworkInterfaces.Select(item => $"{item.Id} in {item.SubnetId}: [{string.Join(' ', item.Addresses)}] attached {item.IsAttached} running {item.IsInstanceRunning}"))
            .Concat(Snapshot.RouteTables.SelectMany(table => table.Routes.Select(route => $"{table.Id} {string.Join(' ', table.SubnetIds)}{(table.IsEdge ? " (edge)" : "")}: {route.Destination} to {route.Target} {route.State}{(route.IsCreated ? "" : " propagated")}{(IsOurs(table.Id, route) ? " ours" : "")}")))
            .Concat(Spec.Hosts.Select(host => $"host {host} {Health.StateOf(host)} since {Health.Since(host):ss}"))
            .Append($"ignored [{Policy.IgnoreRoutes}] managed [{Policy.ManagedCidrs}] deletes {Policy.MaxDeletes} panic {Policy.PanicThreshold} seed {Policy.RandomSeed} now {Now:mm:ss}"));

    private static ImmutableArray<Route> After(RouteTable table, IEnumerable<RouteChange> changes)
    {
        var byDestination = changes.ToDictionary(change => change.Destination);
        return
        [
            .. table.Routes.Where(route => !route.IsCreated || !byDestination.ContainsKey(route.Destination)),
            .. byDestination.Values.Where(change => change.To is not null).Select(change => new Route(change.Destination, change.To!.Value)),
        ];
    }
}
