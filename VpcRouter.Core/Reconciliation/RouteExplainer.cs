using System.Globalization;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Puts into words what the planner decided about one destination. It decides nothing itself. Used once, by one thread.</summary>
internal sealed class RouteExplainer(PlanningInput input, RouterChoice routers, RoutePlan plan, RouteDestination destination)
{
    private readonly int _entry = input.Spec.IndexOf(destination);

    private RouteEntry? Entry => _entry < 0 ? null : input.Spec.Entries[_entry];

    public RouteExplanation Explain()
    {
        var coveredBy = Entry is null ? Covering(input.Spec.Entries, entry => entry.Destination) : null;
        return new RouteExplanation(destination, Summarize(coveredBy))
        {
            Entry = Entry,
            CoveredBy = coveredBy,
            Candidates = Entry is null ? [] : [.. routers.CandidatesOf(_entry).ToArray().Select(Explain)],
            Tables = [.. routers.ManagedTables.Select(Explain)],
        };
    }

    private string Summarize(RouteEntry? coveredBy)
    {
        var limits = input.Policy.Allows(destination, isInSpec: Entry is not null) ? "" : "; --ignore-routes or --managed-cidrs leaves it alone";
        if (Entry is { } entry)
            return $"the route spec names it with {entry.Hosts.Length} hosts, chosen by {entry.Select.ToString().ToLowerInvariant()}{limits}";
        return coveredBy is null
            ? $"the route spec names neither it nor anything that covers it{limits}"
            : $"the route spec doesn't name it, but {coveredBy.Destination}, which covers it{limits}";
    }

    private CandidateExplanation Explain(RouterCandidate candidate)
    {
        var since = input.Health.Since(candidate.Address);
        var best = routers.BestHealthOf(_entry);
        return new CandidateExplanation(candidate.Address, candidate.IsUsableAs(best), ReasonOf(candidate, best))
        {
            InterfaceId = candidate.Interface?.Id,
            InstanceId = candidate.Interface?.InstanceId,
            Zone = candidate.Interface?.Zone,
            Health = candidate.Health,
            Since = since,
            Age = input.Now - since,
        };
    }

    private string ReasonOf(RouterCandidate candidate, HealthState best) => candidate switch
    {
        { Interface: null } => $"is on no network interface of {input.Snapshot.VpcId}",
        { Interface.IsAttached: false } => $"its interface {candidate.Interface.Id} is detached",
        { IsUp: false } => "its instance is stopped or gone: EC2 shows it so",
        { Health: HealthState.Failed } => "has failed",
        { Health: HealthState.Questionable } when best == HealthState.Healthy => "is questionable, and a healthy host is there",
        { Health: HealthState.Questionable } => "is questionable, but none is better",
        _ => "is healthy",
    };

    private RouteTableExplanation Explain(RouteTable table)
    {
        var route = table.Routes.Where(candidate => candidate.Destination == destination).OrderByDescending(candidate => candidate.IsCreated).FirstOrDefault();
        var concerned = _entry >= 0 && routers.Concerns(_entry, table);
        var decision = concerned ? routers.Decide(_entry, table, route) : default;
        var guard = plan.HeldBack.FirstOrDefault(held => held.Changes.Any(change => IsHere(change, table)));
        var change = plan.Changes.Concat(guard?.Changes ?? []).FirstOrDefault(change => IsHere(change, table));
        return new RouteTableExplanation(table.Id, change?.Reason ?? (concerned ? WhyItStays(table, route, decision) : WhyItIsLeftAlone(table, route)))
        {
            Name = table.Name,
            Zones = table.Zones,
            Route = route,
            Router = route is null || _entry < 0 ? null : routers.OldRouterOf(_entry, route)?.Address,
            CoveredBy = route is null ? Covering(table.Routes, candidate => candidate.Destination) : null,
            Change = change,
            HeldBack = guard?.Message,
            ReturnsAt = decision.ReturnsAt,
        };
    }

    private bool IsHere(RouteChange change, RouteTable table) => change.RouteTableId == table.Id && change.Destination == destination;

    private string WhyItStays(RouteTable table, Route? route, RouterDecision decision)
    {
        if (route is null)
            return "the route is missing; no host is usable, and the entry names no fallback";
        if (!ManagedRoutePolicy.IsManaged(input, table, route, Entry!))
            return $"the route points at {route.Target}, which VpcRouter never touches";
        if (decision.Router is not { } router)
            return route.Target == Entry!.Fallback ? $"no host is usable; the fallback {route.Target} stands in" : "no host is usable, and the entry names no fallback: the route is left as it is";
        var returns = decision.ReturnsAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"; it may return to a host that it prefers at {at:HH:mm:ss} UTC") : "";
        var health = router.Health == HealthState.Healthy ? "healthy" : "questionable, but none is better";
        return $"router {router.Address} is {health} and keeps the route: routers are sticky{returns}";
    }

    private string WhyItIsLeftAlone(RouteTable table, Route? route)
    {
        if (!input.Policy.Allows(destination, isInSpec: Entry is not null))
            return "--ignore-routes or --managed-cidrs leaves the destination alone";
        if (Entry is not null)
            return $"the entry's route_tables leave {table.Id} out";
        if (route is null)
            return "there is no route to it";
        if (!route.IsCreated)
            return "the route was not made by CreateRoute, so VpcRouter never touches it";
        return ManagedRoutePolicy.PointsAtHost(route.Target)
            ? "it is a default route that the spec doesn't name and that VpcRouter isn't known to have written, so it stays"
            : $"the route points at {route.Target}, which is no host, so VpcRouter never touches it";
    }

    // Of those that cover the destination the one with the longest prefix, which is where packets go.
    private T? Covering<T>(IEnumerable<T> items, Func<T, RouteDestination> destinationOf)
        where T : class =>
        items.Where(item => destinationOf(item) is { Network: not null } wider && wider != destination && wider.Contains(destination))
            .MaxBy(item => destinationOf(item).Network!.Value.PrefixLength);
}
