using System.Net;
using VpcRouter.Health;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Compares route tables with the routers decided on, and gathers the changes. Used once, by one thread.</summary>
internal sealed class RouteTableComparison(PlanningInput input, RouterChoice routers)
{
    private readonly Presence[] _presence = new Presence[input.Spec.Entries.Length];
    private readonly ReasonCache _reasons = new(input.Spec, input.Snapshot);

    /// <summary>What a table holds of an entry's destination.</summary>
    private enum Presence : byte
    {
        None,
        NotCreated,
        Created,
    }

    public PlannedChanges Changes { get; } = new();

    public List<string> Warnings { get; } = [];

    /// <summary>Compares one of the managed tables.</summary>
    /// <param name="index">Its index.</param>
    public void Compare(int index)
    {
        var table = routers.ManagedTables[index];
        var entries = routers.Matched.EntriesOf(index);
        FindPresent(table, entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] < 0)
                DeleteIfManaged(table, table.Routes[i]);
            else if (routers.Concerns(entries[i], table))
                Compare(table, table.Routes[i], entries[i]);
        }

        for (var entry = 0; entry < _presence.Length; entry++)
        {
            if (_presence[entry] == Presence.None && routers.Concerns(entry, table))
                CreateMissing(table, entry);
        }
    }

    // What a route may point at to be ours: an interface, or an instance where EC2 names no interface.
    private static bool PointsAtHost(RouteTarget target) => target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;

    private void FindPresent(RouteTable table, ReadOnlySpan<int> entries)
    {
        Array.Clear(_presence);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] >= 0 && _presence[entries[i]] != Presence.Created)
                _presence[entries[i]] = table.Routes[i].IsCreated ? Presence.Created : Presence.NotCreated;
        }
    }

    private void DeleteIfManaged(RouteTable table, Route route)
    {
        if (!route.IsCreated || !PointsAtHost(route.Target) || !input.Policy.Allows(route.Destination, isInSpec: false))
            return;
        if (route.Destination.IsDefaultRoute && !input.IsOurs(table.Id, route))
            return;
        Changes.Add(new RouteChange(RouteChangeKind.Delete, table.Id, route.Destination, route.Target, null, "the route spec doesn't name this destination")
        {
            OldRouter = AddressOf(route.Target),
        });
    }

    private void CreateMissing(RouteTable table, int entry)
    {
        var specEntry = input.Spec.Entries[entry];
        if (routers.RouterFor(entry, table, null) is { } router)
        {
            Changes.Add(new RouteChange(RouteChangeKind.Create, table.Id, specEntry.Destination, null, router.Target, _reasons.Missing(entry, router)) { NewRouter = router.Address });
        }
        else if (specEntry.Fallback is { } fallback)
        {
            Changes.Add(new RouteChange(RouteChangeKind.Create, table.Id, specEntry.Destination, null, fallback, ChangeReasons.MissingAndNoHost(fallback)));
        }
    }

    private void Compare(RouteTable table, Route route, int entry)
    {
        var specEntry = input.Spec.Entries[entry];
        var isOnFallback = specEntry.Fallback is { } fallback && route.Target == fallback;
        var isLostBlackhole = route is { State: RouteState.Blackhole, Target.Kind: RouteTargetKind.None };
        if (!route.IsCreated || (!PointsAtHost(route.Target) && !isOnFallback && !isLostBlackhole))
        {
            // A route of our own beside a propagated one takes precedence over it.
            if (!route.IsCreated && _presence[entry] == Presence.Created)
                return;
            Warnings.Add($"{route.Destination} in {table.Id} points at {route.Target}, which VpcRouter never touches; remove that route or take the destination out of the spec");
            return;
        }

        var router = routers.RouterFor(entry, table, route);
        var target = router?.Target ?? specEntry.Fallback;
        if (target is not { } wanted || wanted == route.Target)
            return;
        var old = OldRouterOf(entry, route);
        Changes.Add(new RouteChange(KindOf(route, old, router, isOnFallback), table.Id, specEntry.Destination, route.Target, wanted, _reasons.Replaced(entry, route, old, router, isOnFallback))
        {
            OldRouter = old?.Address ?? AddressOf(route.Target),
            NewRouter = router?.Address,
            VerdictAt = VerdictOf(old, router, isOnFallback),
        });
    }

    private RouteChangeKind KindOf(Route route, RouterCandidate? old, RouterCandidate? router, bool isOnFallback)
    {
        var isForwarding = route.State != RouteState.Blackhole
            && (isOnFallback || (old is not null ? old.IsUsable && old.Health == HealthState.Healthy : input.Snapshot.InterfaceById(route.Target.Id) is not null || route.Target.Kind == RouteTargetKind.Instance));
        return isForwarding && router is not null ? RouteChangeKind.Repair : RouteChangeKind.Failover;
    }

    private DateTimeOffset? VerdictOf(RouterCandidate? old, RouterCandidate? router, bool isOnFallback) =>
        isOnFallback ? router is null ? null : input.Health.Since(router.Address)
        : old is { Health: not HealthState.Healthy } ? input.Health.Since(old.Address)
        : null;

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
        target.Kind == RouteTargetKind.NetworkInterface && input.Snapshot.InterfaceById(target.Id) is { Addresses: [var first, ..] } ? first : null;
}
