using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Finds out what is the matter with a route that changes, and says so in an operator's words.</summary>
internal static class ChangeReasons
{
    public static string Missing(RouteEntry entry, RouterCandidate router) => $"the route is missing; {Chosen(entry, router)}";

    public static string MissingAndNoHost(RouteTarget fallback) => $"the route is missing and no host is usable; the fallback {fallback} stands in";

    public static string Replaced(RouteEntry entry, Route route, RouterCandidate? old, RouterCandidate? router, ChangeCause cause)
    {
        var what = Describe(entry, route, old, router, cause);
        return router is null ? $"{what}; no host is usable, so the fallback {entry.Fallback} stands in"
            : cause == ChangeCause.Failback ? what
            : $"{what}; {Chosen(entry, router)}";
    }

    public static ChangeCause CauseOf(RouteEntry entry, Route route, RouterCandidate? old, RouterDecision decision, VpcSnapshot snapshot)
    {
        if (old is { Health: HealthState.Failed })
            return ChangeCause.RouterFailed;
        if (old is null && (route.Target == entry.Fallback || !(ManagedRoutePolicy.PointsAtHost(route.Target) || route.Target.Kind == RouteTargetKind.None)))
            return decision.Router is null ? ChangeCause.AnotherFallback : ChangeCause.HostIsBack;
        if (route.State == RouteState.Blackhole)
            return route.Target.Kind == RouteTargetKind.None ? ChangeCause.LostBlackhole : ChangeCause.Blackhole;
        if (old is { IsUsable: false })
            return ChangeCause.RouterUnusable;
        if (old is { Health: HealthState.Questionable })
            return ChangeCause.RouterQuestionable;
        if (old is not null)
            return decision.Rule == DecidingRule.Failback ? ChangeCause.Failback : ChangeCause.DiffersFromOtherTables;
        return route.Target.Kind == RouteTargetKind.NetworkInterface && snapshot.InterfaceById(route.Target.Id) is null ? ChangeCause.InterfaceGone : ChangeCause.NotEligible;
    }

    private static string Describe(RouteEntry entry, Route route, RouterCandidate? old, RouterCandidate? router, ChangeCause cause) => cause switch
    {
        ChangeCause.RouterFailed => $"router {old!.Address} has failed",
        ChangeCause.LostBlackhole => "the route is a blackhole without a target",
        ChangeCause.Blackhole => $"the route is a blackhole: {route.Target} is gone or stopped",
        ChangeCause.RouterUnusable => $"router {old!.Address} is stopped or its interface is detached",
        ChangeCause.RouterQuestionable => $"router {old!.Address} is questionable",
        ChangeCause.InterfaceGone => $"the interface {route.Target} is gone",
        ChangeCause.DiffersFromOtherTables => $"router {old!.Address} differs from the other route tables'",
        ChangeCause.Failback => $"{router!.Address} is preferred to {old!.Address} and has been healthy for the failback time of {entry.Failback!.Value.TotalSeconds} s",
        ChangeCause.HostIsBack => $"a host is usable again, so the fallback {route.Target} is left",
        ChangeCause.AnotherFallback => $"the route spec names another fallback than {route.Target}",
        _ => $"{route.Target} carries none of the eligible hosts",
    };

    private static string Chosen(RouteEntry entry, RouterCandidate router)
    {
        var health = router.Health == HealthState.Healthy ? "healthy" : "questionable, but none is better";
        return $"{router.Address} is {health}, chosen by {entry.Select.ToString().ToLowerInvariant()} among {entry.Hosts.Length}";
    }
}
