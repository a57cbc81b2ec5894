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
            output.WriteLine(JsonText.Of(RoutePlanJson.ToJson(plan, status.Guards)));
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
}
