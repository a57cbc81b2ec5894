using System.Text.Json.Nodes;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/vpc</c>: the routes of the managed tables as last seen, with what was done to them last.</summary>
internal static class VpcPage
{
    private const string Nothing = "-";

    public static JsonObject Render(RouterStatus status)
    {
        var outcomes = status.Outcomes.Values.ToLookup(outcome => outcome.Change.RouteTableId);
        var tables = new JsonObject();
        foreach (var table in ManagedTables.Of(status))
            tables[table.Id] = RoutesOf(table, status, outcomes[table.Id]);
        return new JsonObject { ["time"] = status.Snapshot?.TakenAt, ["route_tables"] = tables, ["guards"] = GuardsOf(status) };
    }

    private static JsonArray GuardsOf(RouterStatus status) =>
        [.. status.Guards.Select(guard => new JsonObject { ["name"] = guard.Name, ["active"] = guard.IsActive, ["message"] = guard.Message, ["since"] = guard.Since })];

    private static JsonObject RoutesOf(RouteTable table, RouterStatus status, IEnumerable<RouteChangeOutcome> outcomes)
    {
        var shown = new JsonObject();
        foreach (var route in table.Routes)
        {
            var entry = status.Spec is { } spec && spec.TryGetEntry(route.Destination, out var known) ? known : null;
            var outcome = status.Outcomes.GetValueOrDefault((table.Id, route.Destination));
            if (entry is not null || outcome is not null || IsRouterTarget(route))
                shown[route.Destination.ToString()] = Line(RouterOf.Route(route, entry, status.Snapshot!), outcome);
        }

        // A route that was deleted, or that couldn't be created, stands in no table; what was tried is worth knowing all the same.
        foreach (var outcome in outcomes.Where(outcome => !shown.ContainsKey(outcome.Change.Destination.ToString())))
            shown[outcome.Change.Destination.ToString()] = Line(new RouterOf(null, null, null), outcome);
        return shown;
    }

    private static bool IsRouterTarget(Route route) =>
        route.IsCreated && route.Target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;

    private static string Line(RouterOf router, RouteChangeOutcome? outcome) =>
        $"inst: {router.InstanceId ?? Nothing}, eni: {router.InterfaceId ?? Nothing}, r_ip: {router.Router?.ToString() ?? Nothing}, "
        + $"o_r_ip: {outcome?.Change.OldRouter?.ToString() ?? Nothing}, msg: {MessageOf(outcome)}";

    private static string MessageOf(RouteChangeOutcome? outcome) => outcome switch
    {
        null => Nothing,
        { Error: { } error } => $"{outcome.Change.Reason}; failed: {error.Code}: {error.Message}",
        _ => outcome.Change.Reason,
    };
}
