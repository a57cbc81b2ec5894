using System.Text.Json.Nodes;
using VpcRouter.Hosting;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/route_info</c>: the spec, and for each destination the router of now.</summary>
internal static class RouteInfoPage
{
    public static JsonObject Render(RouterStatus status, CidrList ignored) => new()
    {
        ["route_spec"] = status.Spec is null ? new JsonObject() : RouteSpecJson.Of(status.Spec),
        ["routes"] = status is { Spec: { } spec, Snapshot: { } snapshot } ? RoutesOf(spec, snapshot, status) : new JsonObject(),
        ["ignore_routes"] = new JsonArray([.. ignored.Items.Select(item => JsonValue.Create(item.ToString()))]),
    };

    private static JsonObject RoutesOf(RouteSpec spec, VpcSnapshot snapshot, RouterStatus status)
    {
        var found = new Dictionary<RouteDestination, RouterOf>();
        foreach (var table in ManagedTables.Of(status))
        {
            foreach (var route in table.Routes)
            {
                if (!spec.TryGetEntry(route.Destination, out var entry) || !(entry.RouteTables.IsEmpty || entry.RouteTables.Contains(table.Id)))
                    continue;

                // One destination has one router; of several tables, one that is in line says which it is.
                var router = RouterOf.Route(route, entry, snapshot);
                if (!found.TryGetValue(route.Destination, out var other) || (other.Router is null && router.Router is not null))
                    found[route.Destination] = router;
            }
        }

        var routes = new JsonObject();
        foreach (var entry in spec.Entries)
        {
            routes[entry.Destination.ToString()] = found.GetValueOrDefault(entry.Destination) is { } router
                ? new JsonArray(router.Router?.ToString(), router.InstanceId, router.InterfaceId)
                : null;
        }

        return routes;
    }
}
