using VpcRouter.Hosting;
using VpcRouter.Reconciliation;

namespace VpcRouter.Cli.Output;

/// <summary>Prints a plan for a person or for a program.</summary>
internal static class PlanPrinter
{
    public static void Print(RoutePlan plan, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonText.Of(RoutePlanJson.ToJson(plan)));
            return;
        }

        PrintWarnings(plan, output);
        foreach (var change in plan.Changes)
            output.WriteLine(change);
        PrintHeldBack(plan, output);
        output.WriteLine(Total(plan));
    }

    public static void PrintWarnings(RoutePlan plan, TextWriter output)
    {
        foreach (var warning in plan.Warnings)
            output.WriteLine($"warning: {warning}");
    }

    public static void PrintHeldBack(RoutePlan plan, TextWriter output)
    {
        foreach (var held in plan.HeldBack)
        {
            output.WriteLine($"held back by --{held.Guard}: {held.Message}");
            foreach (var change in held.Changes)
                output.WriteLine($"  {change}");
        }
    }

    public static string Count(int changes) => changes == 1 ? "1 change" : $"{changes} changes";

    private static string Total(RoutePlan plan)
    {
        var held = plan.HeldBack.Sum(guard => guard.Changes.Length);
        var total = plan.IsEmpty ? "Nothing to change" : Count(plan.Changes.Length);
        return held == 0 ? $"{total}." : $"{total}, {held} held back.";
    }
}
