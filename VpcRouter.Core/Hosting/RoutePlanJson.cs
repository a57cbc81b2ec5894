using System.Text.Json;
using System.Text.Json.Nodes;
using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting;

/// <summary>The JSON form of a plan: what <c>vpcrouter plan --json</c> prints and a dry run over HTTP answers. Thread-safe.</summary>
public static class RoutePlanJson
{
    /// <summary>Writes a plan as <c>{"changes": […], "held_back": […], "warnings": […], "managed_route_tables": […], "guards": […]}</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="guards">The guards that are switched on.</param>
    public static JsonObject ToJson(RoutePlan plan, IEnumerable<GuardStatus> guards)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(guards);
        return new JsonObject
        {
            ["changes"] = new JsonArray([.. plan.Changes.Select(ToJson)]),
            ["held_back"] = new JsonArray([.. plan.HeldBack.SelectMany(held => held.Changes).Select(ToJson)]),
            ["warnings"] = new JsonArray([.. plan.Warnings.Select(warning => JsonValue.Create(warning))]),
            ["managed_route_tables"] = new JsonArray([.. plan.ManagedRouteTableIds.Select(id => JsonValue.Create(id))]),
            ["guards"] = new JsonArray([.. guards.Select(ToJson)]),
        };
    }

    /// <summary>Writes one guard.</summary>
    /// <param name="guard">The guard.</param>
    public static JsonObject ToJson(GuardStatus guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return new JsonObject { ["name"] = guard.Name, ["active"] = guard.IsActive, ["message"] = guard.Message };
    }

    /// <summary>Writes one change.</summary>
    /// <param name="change">The change.</param>
    public static JsonObject ToJson(RouteChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new JsonObject
        {
            ["kind"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(change.Kind.ToString()),
            ["route_table"] = change.RouteTableId,
            ["destination"] = change.Destination.ToString(),
            ["from"] = change.From?.ToString(),
            ["to"] = change.To?.ToString(),
            ["old_router"] = change.OldRouter?.ToString(),
            ["new_router"] = change.NewRouter?.ToString(),
            ["reason"] = change.Reason,
        };
    }
}
