using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Observability;

/// <summary>The names of metrics that the files in docs/observability build on.</summary>
internal static partial class MetricNames
{
    public static string Folder { get; } = Path.Combine(Artifacts.Repository, "docs", "observability");

    /// <summary>Every name that the dashboard or an alert asks for.</summary>
    public static IReadOnlyCollection<string> Used()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")))!;
        var expressions = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.ToString());
        return [.. expressions.Append(File.ReadAllText(Path.Combine(Folder, "alerts.yml"))).SelectMany(text => Name().Matches(text)).Select(match => match.Value).Distinct().Order()];
    }

    [GeneratedRegex("\\bvpcrouter_[a-z_]+\\b")]
    private static partial Regex Name();
}
