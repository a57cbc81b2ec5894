using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Compares route tables with the routers decided on, and gathers the changes. Used once, by one thread.</summary>
internal sealed class RouteTableComparison(
    RouteSpec spec,
    VpcSnapshot snapshot,
    RoutePolicy policy,
    RouterChoice routers,
    Func<string, RouteDestination, bool> isOurs)
{
    private readonly bool[] _present = new bool[spec.Entries.Length];

    public List<RouteChange> Changes { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Compare(RouteTable table)
    {
        Array.Clear(_present);
        foreach (var route in table.Routes)
        {
            var entry = spec.IndexOf(route.Destination);
            if (entry < 0)
            {
                DeleteIfManaged(table, route);
                continue;
            }

            _present[entry] = true;
            if (routers.Concerns(entry, table))
                Compare(table, route, entry);
        }

        for (var entry = 0; entry < _present.Length; entry++)
        {
            if (!_present[entry] && routers.Concerns(entry, table))
                CreateMissing(table, entry);
        }
    }

    // What a route may point at to be ours: an interface, or an instance where EC2 names no interface.
    private static bool PointsAtHost(RouteTarget target) => target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;

    private void DeleteIfManaged(RouteTable table, Route route)
    {
        if (!route.IsCreated || !PointsAtHost(route.Target) || !policy.Allows(route.Destination, isInSpec: false))
            return;
        if (route.Destination.IsDefaultRoute && !isOurs(table.Id, route.Destination))
            return;
        Changes.Add(new RouteChange(RouteChangeKind.Delete, table.Id, route.Destination, route.Target, null, "the route spec doesn't name this destination")
        {
            OldRouter = AddressOf(route.Target),
        });
    }

    private void CreateMissing(RouteTable table, int entry)
    {
        var specEntry = spec.Entries[entry];
        if (routers.RouterFor(entry, table, null) is { } router)
        {
            Changes.Add(new RouteChange(RouteChangeKind.Create, table.Id, specEntry.Destination, null, router.Target, ChangeReasons.Missing(specEntry, router)) { NewRouter = router.Address });
        }
        else if (specEntry.Fallback is { } fallback)
        {
            Changes.Add(new RouteChange(RouteChangeKind.Create, table.Id, specEntry.Destination, null, fallback, ChangeReasons.MissingAndNoHost(fallback)));
        }
    }

    private void Compare(RouteTable table, Route route, int entry)
    {
        var specEntry = spec.Entries[entry];
        var isOnFallback = specEntry.Fallback is { } fallback && route.Target == fallback;
        var isLostBlackhole = route is { State: RouteState.Blackhole, Target.Kind: RouteTargetKind.None };
        if (!route.IsCreated || (!PointsAtHost(route.Target) && !isOnFallback && !isLostBlackhole))
        {
            // A route of our own beside a propagated one takes precedence over it.
            if (!route.IsCreated && table.Routes.Any(other => other.IsCreated && other.Destination == route.Destination))
                return;
            Warnings.Add($"{route.Destination} in {table.Id} points at {route.Target}, which VpcRouter never touches; remove that route or take the destination out of the spec");
            return;
        }

        var router = routers.RouterFor(entry, table, route);
        var target = router?.Target ?? specEntry.Fallback;
        if (target is not { } wanted || wanted == route.Target)
            return;
        var old = OldRouterOf(entry, route);
        Changes.Add(new RouteChange(KindOf(route, old, router, isOnFallback), table.Id, specEntry.Destination, route.Target, wanted, ChangeReasons.Replaced(specEntry, route, old, router, isOnFallback, snapshot))
        {
            OldRouter = old?.Address ?? AddressOf(route.Target),
            NewRouter = router?.Address,
        });
    }

    private RouteChangeKind KindOf(Route route, RouterCandidate? old, RouterCandidate? router, bool isOnFallback)
    {
        var isForwarding = route.State != RouteState.Blackhole
            && (isOnFallback || (old is not null ? old.IsUsable && old.Health == HealthState.Healthy : snapshot.InterfaceById(route.Target.Id) is not null || route.Target.Kind == RouteTargetKind.Instance));
        return isForwarding && router is not null ? RouteChangeKind.Repair : RouteChangeKind.Failover;
    }

    // Of several hosts on the interface the best one was the router.
    private RouterCandidate? OldRouterOf(int entry, Route route)
    {
        RouterCandidate? old = null;
        foreach (var candidate in routers.CandidatesOf(entry))
        {
            if (candidate.Carries(route.Target) && (old is null || candidate.Health < old.Health))
                old = candidate;
        }

        return old;
    }

    private IPAddress? AddressOf(RouteTarget target) =>
        target.Kind == RouteTargetKind.NetworkInterface && snapshot.InterfaceById(target.Id) is { Addresses: [var first, ..] } ? first : null;
}
