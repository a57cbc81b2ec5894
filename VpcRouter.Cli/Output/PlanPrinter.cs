using System.Text.Json;
using VpcRouter.Reconciliation;

namespace VpcRouter.Cli.Output;

/// <summary>Prints a plan for a person or for a program.</summary>
internal static class PlanPrinter
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Print(RoutePlan plan, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Changes = plan.Changes.Select(ToJson), HeldBack = plan.HeldBack.Select(held => new { held.Guard, held.Message, Changes = held.Changes.Select(ToJson) }), plan.Warnings, ManagedRouteTables = plan.ManagedRouteTableIds }, Indented));
            return;
        }

        foreach (var warning in plan.Warnings)
            output.WriteLine($"warning: {warning}");
        foreach (var change in plan.Changes)
            output.WriteLine(change);
        foreach (var held in plan.HeldBack)
        {
            output.WriteLine($"held back by {held.Guard}: {held.Message}");
            foreach (var change in held.Changes)
                output.WriteLine($"  {change}");
        }

        output.WriteLine(plan.IsEmpty ? "Nothing to change." : plan.Changes.Length == 1 ? "1 change." : $"{plan.Changes.Length} changes.");
    }

    private static object ToJson(RouteChange change) => new
    {
        Kind = change.Kind.ToString().ToLowerInvariant(),
        RouteTable = change.RouteTableId,
        Destination = change.Destination.ToString(),
        From = change.From?.ToString(),
        To = change.To?.ToString(),
        OldRouter = change.OldRouter?.ToString(),
        NewRouter = change.NewRouter?.ToString(),
        change.Reason,
    };
}
