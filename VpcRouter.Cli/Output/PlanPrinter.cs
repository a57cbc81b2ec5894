using VpcRouter.Hosting;
using VpcRouter.Reconciliation;

namespace VpcRouter.Cli.Output;

/// <summary>Prints a plan for a person or for a program.</summary>
internal static class PlanPrinter
{
    public static void Print(RouterStatus status, bool json, TextWriter output)
    {
        var plan = status.Plan!;
        if (json)
        {
            output.WriteLine(JsonText.Of(new
            {
                Changes = plan.Changes.Select(ChangeAsJson),
                HeldBack = plan.HeldBack.SelectMany(held => held.Changes).Select(ChangeAsJson),
                plan.Warnings,
                ManagedRouteTables = plan.ManagedRouteTableIds,
                Guards = status.Guards.Select(GuardAsJson),
            }));
            return;
        }

        PrintWarnings(plan, output);
        foreach (var change in plan.Changes)
            output.WriteLine(change);
        PrintHeldBack(status, output);
        output.WriteLine(plan.IsEmpty ? "Nothing to change." : $"{Count(plan.Changes.Length)}.");
    }

    public static void PrintWarnings(RoutePlan plan, TextWriter output)
    {
        foreach (var warning in plan.Warnings)
            output.WriteLine($"warning: {warning}");
    }

    public static void PrintHeldBack(RouterStatus status, TextWriter output)
    {
        foreach (var guard in status.Guards.Where(guard => guard.IsActive))
        {
            output.WriteLine($"held back by --{guard.Name}: {guard.Message}");
            foreach (var change in status.Plan!.HeldBack.Where(held => held.Guard == guard.Name).SelectMany(held => held.Changes))
                output.WriteLine($"  {change}");
        }
    }

    public static string Count(int changes) => changes == 1 ? "1 change" : $"{changes} changes";

    public static object GuardAsJson(GuardStatus guard) => new { guard.Name, Active = guard.IsActive, guard.Message };

    public static object ChangeAsJson(RouteChange change) => new
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
