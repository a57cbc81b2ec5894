using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Says in an operator's words why a route is changed.</summary>
internal static class ChangeReasons
{
    public static string Missing(RouteEntry entry, RouterCandidate router) => $"the route is missing; {Chosen(entry, router)}";

    public static string MissingAndNoHost(RouteTarget fallback) => $"the route is missing and no host is usable; the fallback {fallback} stands in";

    public static string Replaced(RouteEntry entry, Route route, RouterCandidate? old, RouterCandidate? router, bool wasOnFallback, VpcSnapshot snapshot)
    {
        var cause = wasOnFallback ? $"a host is usable again, so the fallback {route.Target} is left" : CauseOf(route, old, snapshot);
        return router is null ? $"{cause}; no host is usable, so the fallback {entry.Fallback} stands in" : $"{cause}; {Chosen(entry, router)}";
    }

    private static string CauseOf(Route route, RouterCandidate? old, VpcSnapshot snapshot)
    {
        if (old is { Health: HealthState.Failed })
            return $"router {old.Address} has failed";
        if (route.State == RouteState.Blackhole)
            return route.Target.Kind == RouteTargetKind.None ? "the route is a blackhole without a target" : $"the route is a blackhole: {route.Target} is gone or stopped";
        if (old is { IsUsable: false })
            return $"router {old.Address} is stopped or its interface is detached";
        if (old is { Health: HealthState.Questionable })
            return $"router {old.Address} is questionable";
        if (old is not null)
            return $"router {old.Address} differs from the other route tables'";
        if (route.Target.Kind == RouteTargetKind.NetworkInterface && snapshot.InterfaceById(route.Target.Id) is null)
            return $"the interface {route.Target} is gone";
        return $"{route.Target} carries none of the eligible hosts";
    }

    private static string Chosen(RouteEntry entry, RouterCandidate router)
    {
        var health = router.Health == HealthState.Healthy ? "healthy" : "questionable, but none is better";
        return $"{router.Address} is {health}, chosen by {entry.Select.ToString().ToLowerInvariant()} among {entry.Hosts.Length}";
    }
}
