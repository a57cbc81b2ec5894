using VpcRouter.Cli.Apply;
using VpcRouter.Hosting;

namespace VpcRouter.Cli.Output;

/// <summary>Prints what an apply came to; each success has been told as it came.</summary>
internal static class ApplyPrinter
{
    public static void Print(ApplyResult result, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonText.Of(new
            {
                result.IsInLine,
                Done = result.Done.Select(outcome => new { Change = RoutePlanJson.ToJson(outcome.Change), outcome.RequestedAt, AnsweredAt = outcome.At }),
                Undone = result.Undone.Select(undone => new { Change = RoutePlanJson.ToJson(undone.Change), undone.Error?.Code, undone.Error?.Message }),
                Warnings = result.Status.Plan?.Warnings ?? [],
                HeldBack = result.Status.Plan?.HeldBack.Select(RoutePlanJson.ToJson) ?? [],
            }));
            return;
        }

        foreach (var (change, error) in result.Undone)
            output.WriteLine(error is null ? $"not done: {change}" : $"failed with {error.Code} ({error.Message}): {change}");
        if (result.Status.Plan is { } plan)
        {
            PlanPrinter.PrintWarnings(plan, output);
            PlanPrinter.PrintHeldBack(plan, output);
        }

        output.WriteLine(Summary(result));
    }

    private static string Summary(ApplyResult result)
    {
        var done = PlanPrinter.Count(result.Done.Count);
        if (result.IsInLine)
            return result.Done.Count == 0 ? "Nothing to change." : $"{done} made; the VPC is in line.";
        var held = result.Status.Plan?.HeldBack.Sum(guard => guard.Changes.Length) ?? 0;
        return $"{done} made, {result.Undone.Count} not{(held > 0 ? $", {held} held back" : "")}; the VPC is not in line{(result.IsInterrupted ? ", for it was told to stop" : result.IsHopeless ? ", and trying again would not mend it" : "")}.";
    }
}
