using System.Text.Json.Nodes;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The answer of <c>/readyz</c>: every check by name.</summary>
internal static class ReadinessPage
{
    public static JsonObject Render(IReadOnlyList<ReadinessCheck> checks) => new()
    {
        ["ready"] = checks.All(check => check.IsOk),
        ["checks"] = new JsonArray([.. checks.Select(Describe)]),
    };

    private static JsonObject Describe(ReadinessCheck check) => new()
    {
        ["name"] = check.Name,
        ["ok"] = check.IsOk,
        ["message"] = check.Message,
        ["age_seconds"] = check.Age?.TotalSeconds,
    };
}
