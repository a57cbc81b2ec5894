using System.Net;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Compares route tables with the routers decided on, and gathers the changes. Used once, by one thread.</summary>
internal sealed class RouteTableComparison(PlanningInput input, RouterChoice routers)
{
    private readonly Presence[] _presence = new Presence[input.Spec.Entries.Length];
    private readonly ReasonCache _reasons = new(input.Spec);

    /// <summary>What a table holds of an entry's destination.</summary>
    private enum Presence : byte
    {
        None,
        NotCreated,
        Created,
    }

    public PlannedChanges Changes { get; } = new();

    /// <summary>The changes that a panic holds back.</summary>
    public List<RouteChange> HeldInPanic { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>How many managed routes the tables hold, those to be created included: else deletions held back would come through as soon as those stand.</summary>
    public int ManagedRoutes { get; private set; }

    /// <summary>When the first route may return to a host that it prefers.</summary>
    public DateTimeOffset? NextReturnAt { get; private set; }

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
        if (!ManagedRoutePolicy.IsManaged(input, table, route))
            return;
        ManagedRoutes++;
        Changes.Add(new RouteChange(RouteChangeKind.Delete, table.Id, route.Destination, route.Target, null, "the route spec doesn't name this destination")
        {
            OldRouter = AddressOf(route.Target),
        });
    }

    private void CreateMissing(RouteTable table, int entry)
    {
        var specEntry = input.Spec.Entries[entry];
        var router = routers.Decide(entry, table, null).Router;
        if ((router?.Target ?? specEntry.Fallback) is not { } target)
            return;
        ManagedRoutes++;
        var reason = router is null ? ChangeReasons.MissingAndNoHost(target) : _reasons.Missing(entry, router);
        Changes.Add(new RouteChange(RouteChangeKind.Create, table.Id, specEntry.Destination, null, target, reason) { NewRouter = router?.Address });
    }

    private void Compare(RouteTable table, Route route, int entry)
    {
        var specEntry = input.Spec.Entries[entry];
        if (!ManagedRoutePolicy.IsManaged(input, table, route, specEntry))
        {
            // A route of our own beside a propagated one takes precedence over it.
            if (route.IsCreated || _presence[entry] != Presence.Created)
                Warnings.Add($"{route.Destination} in {table.Id} points at {route.Target}, which VpcRouter never touches; remove that route or take the destination out of the spec");
            return;
        }

        ManagedRoutes++;
        var decision = routers.Decide(entry, table, route);
        if (decision.ReturnsAt < NextReturnAt || NextReturnAt is null)
            NextReturnAt = decision.ReturnsAt;
        var target = decision.Router?.Target ?? specEntry.Fallback;
        if (target is { } wanted && wanted != route.Target)
            Replace(table, route, entry, decision, wanted);
    }

    private void Replace(RouteTable table, Route route, int entry, RouterDecision decision, RouteTarget wanted)
    {
        var old = routers.OldRouterOf(entry, route);
        var cause = ChangeReasons.CauseOf(input.Spec.Entries[entry], route, old, decision, input.Snapshot);
        var isBlackhole = route.State == RouteState.Blackhole;
        var change = new RouteChange(KindOf(cause, isBlackhole), table.Id, route.Destination, route.Target, wanted, _reasons.Replaced(entry, route, old, decision.Router, cause))
        {
            OldRouter = old?.Address ?? AddressOf(route.Target),
            NewRouter = decision.Router?.Address,
            VerdictAt = VerdictOf(cause, old, decision.Router),
        };
        // What EC2 shows too isn't the monitor's word alone.
        if (routers.Panic is not null && change.VerdictAt is not null && !isBlackhole && old?.IsUp != false)
            HeldInPanic.Add(change);
        else
            Changes.Add(change);
    }

    private static RouteChangeKind KindOf(ChangeCause cause, bool isBlackhole) => cause switch
    {
        ChangeCause.NotEligible or ChangeCause.DiffersFromOtherTables or ChangeCause.Failback or ChangeCause.HostIsBack or ChangeCause.AnotherFallback when !isBlackhole => RouteChangeKind.Repair,
        _ => RouteChangeKind.Failover,
    };

    private DateTimeOffset? VerdictOf(ChangeCause cause, RouterCandidate? old, RouterCandidate? router) => cause switch
    {
        ChangeCause.RouterFailed or ChangeCause.RouterQuestionable => input.Health.Since(old!.Address),
        ChangeCause.Failback or ChangeCause.HostIsBack => input.Health.Since(router!.Address),
        _ => null,
    };

    private IPAddress? AddressOf(RouteTarget target) =>
        target.Kind == RouteTargetKind.NetworkInterface && input.Snapshot.InterfaceById(target.Id) is { Addresses: [var first, ..] } ? first : null;
}
