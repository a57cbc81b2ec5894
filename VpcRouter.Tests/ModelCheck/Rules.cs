using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// What DESIGN's R1 to R10 allow, written down once more, to be read beside them and not to be fast. Says which targets a route may
/// have, not which one the planner ought to choose: where a router may stay or be drawn, every host of the best class is right.
/// </summary>
internal sealed class Rules(RouteSpec spec, HealthReport health, VpcSnapshot vpc, ScenarioPolicy policy, Func<RouteTable, Route, bool> isOwn)
{
    public VpcSnapshot Vpc => vpc;

    public HostList Hosts => spec.Hosts;

    /// <summary>R2: one of its subnets holds a host of the spec, by its address where no interface carries it any more, and it is no edge table.</summary>
    public bool IsManaged(RouteTable table) => !table.IsEdge && spec.Hosts.Any(host => ClaimsOf(host) is { Count: > 0 } claims
        ? claims.Any(claim => table.SubnetIds.Contains(claim.SubnetId))
        : table.SubnetCidrs.Any(cidr => cidr.Contains(host)));

    /// <summary>R1 and R3: in the managed CIDRs, and in none of the ignored ones; a default route is ignored only by itself.</summary>
    public bool IsAllowed(RouteDestination destination)
    {
        var isIgnored = policy.Ignored.Any(ignored => ignored.IsDefaultRoute ? ignored == destination : ignored.Contains(destination));
        var isInside = policy.Managed.IsEmpty
            || policy.Managed.Any(managed => managed.Contains(destination))
            || (destination.PrefixListId is not null && EntryOf(destination) is not null);
        return isInside && !isIgnored;
    }

    public RouteEntry? EntryOf(RouteDestination destination) => spec.Entries.FirstOrDefault(entry => entry.Destination == destination);

    /// <summary>Whether an entry says anything about a table.</summary>
    public static bool IsMeant(RouteEntry entry, RouteTable table) => entry.RouteTables.IsEmpty || entry.RouteTables.Contains(table.Id);

    /// <summary>R1: somebody created it, and it points at an interface, or where VpcRouter itself pointed it, or at the entry's fallback, or, where the spec names it, at nothing any more.</summary>
    public bool IsTouchable(RouteTable table, Route route) =>
        route.IsCreated
        && (route.Target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance
            || isOwn(table, route)
            || (EntryOf(route.Destination) is { } entry && (route.Target == entry.Fallback || route is { State: RouteState.Blackhole, Target.Kind: RouteTargetKind.None })));

    /// <summary>The managed routes that the spec doesn't name. A default route is one only where VpcRouter wrote it.</summary>
    public IReadOnlyList<(RouteTable Table, Route Route)> LeftOver() => [.. ManagedRoutes().Where(item => EntryOf(item.Route.Destination) is null)];

    public int CountManagedRoutes() => ManagedRoutes().Count();

    /// <summary>The interfaces that carry a host, the rightful one alone where several claim it and one of them is better (R10).</summary>
    public IReadOnlyList<NetworkInterface> ClaimsOf(IPAddress host)
    {
        var claims = vpc.NetworkInterfaces.Where(item => item.Addresses.Contains(host)).ToList();
        var best = claims.Where(claim => claim is { IsAttached: true, IsInstanceRunning: true, InstanceId: not null }).ToList();
        return best.Count > 0 ? best : claims;
    }

    /// <summary>R6: the interfaces of the hosts that may take routes, of one health class.</summary>
    public IReadOnlyList<NetworkInterface> Usable(RouteEntry entry, HealthState state) =>
        [.. entry.Hosts.Where(host => health.StateOf(host) == state).SelectMany(ClaimsOf).Where(claim => claim is { IsAttached: true, IsInstanceRunning: true })];

    /// <summary>Whether only the monitor says that a route's router has failed: EC2 shows nothing of it.</summary>
    public bool HasFailed(RouteEntry entry, Route route)
    {
        var behind = entry.Hosts.Where(host => ClaimsOf(host).Any(claim => RouteTarget.OfInterface(claim.Id) == route.Target && claim is { IsAttached: true, IsInstanceRunning: true })).ToList();
        return route.State == RouteState.Active && behind.Count > 0 && behind.TrueForAll(host => health.StateOf(host) == HealthState.Failed);
    }

    /// <summary>R6, R8 and R9: where a route may point once everything has been quiet for long; <see langword="null"/> when it is left alone.</summary>
    public IReadOnlyList<RouteTarget>? RightTargets(RouteEntry entry, RouteTable table)
    {
        if (Usable(entry, HealthState.Healthy) is { Count: > 0 } healthy)
            return Targets(entry.Failback is null ? healthy : Preferred(entry, table, healthy));
        if (Usable(entry, HealthState.Questionable) is { Count: > 0 } questionable)
            return Targets(questionable);
        return entry.Fallback is { } fallback ? [fallback] : null;
    }

    private IEnumerable<(RouteTable Table, Route Route)> ManagedRoutes() =>
        from table in vpc.RouteTables
        where IsManaged(table)
        from route in table.Routes
        where IsAllowed(route.Destination) && IsTouchable(table, route)
        where EntryOf(route.Destination) is { } entry ? IsMeant(entry, table) : !route.Destination.IsDefaultRoute || isOwn(table, route)
        select (table, route);

    private static IReadOnlyList<RouteTarget> Targets(IEnumerable<NetworkInterface> interfaces) => [.. interfaces.Select(item => RouteTarget.OfInterface(item.Id))];

    // In the entry's order the first one; in a zone each that is there. A table that serves several zones has none of its own.
    private static IEnumerable<NetworkInterface> Preferred(RouteEntry entry, RouteTable table, IReadOnlyList<NetworkInterface> healthy) => entry.Select switch
    {
        RouterSelectionMode.Ordered => healthy.Take(1),
        RouterSelectionMode.Zone when table.Zones is [var own] && healthy.Any(item => item.Zone == own) => healthy.Where(item => item.Zone == own),
        _ => healthy,
    };
}
