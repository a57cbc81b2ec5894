using System.Text.Json.Serialization;

namespace VpcRouter.Benchmarks.Planner;

/// <summary>What planning cost in one case, medians over all runs.</summary>
internal sealed record PlannerCase(
    int Tables,
    int Routes,
    [property: JsonPropertyName("case")] string Name,
    double Ms,
    long Bytes);
