using System.Text.Json;
using System.Text.Json.Nodes;
using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting;

/// <summary>The JSON form of a plan: what <c>vpcrouter plan --json</c> prints and a dry run over HTTP answers. Thread-safe.</summary>
public static class RoutePlanJson
{
    /// <summary>Writes a plan as <c>{"changes": […], "held_back": […], "warnings": […], "managed_route_tables": […]}</c>.</summary>
    /// <param name="plan">The plan.</param>
    public static JsonObject ToJson(RoutePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new JsonObject
        {
            ["changes"] = new JsonArray([.. plan.Changes.Select(ToJson)]),
            ["held_back"] = new JsonArray([.. plan.HeldBack.Select(ToJson)]),
            ["warnings"] = new JsonArray([.. plan.Warnings.Select(warning => JsonValue.Create(warning))]),
            ["managed_route_tables"] = new JsonArray([.. plan.ManagedRouteTableIds.Select(id => JsonValue.Create(id))]),
        };
    }

    /// <summary>Writes what a guard holds back as <c>{"guard": …, "message": …, "changes": […]}</c>.</summary>
    /// <param name="held">The guard's changes.</param>
    public static JsonObject ToJson(HeldBackChanges held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return new JsonObject
        {
            ["guard"] = held.Guard,
            ["message"] = held.Message,
            ["changes"] = new JsonArray([.. held.Changes.Select(ToJson)]),
        };
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
