using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Testing.Running;

/// <summary>Words what plugins say, for messages about failures.</summary>
internal static class Words
{
    private const int MostShown = 10;

    public static string Of(RouteSpec spec) =>
        $"{spec.Entries.Length} destinations [{Join(spec.Entries.Select(entry => $"{entry.Destination} via {string.Join('/', entry.Hosts)}"))}]";

    public static string Of(HealthReport report) => $"failed [{Of(report.Failed)}], questionable [{Of(report.Questionable)}]";

    public static string Of(IEnumerable<IPAddress> hosts) => Join(hosts.Select(host => host.ToString()).Order(StringComparer.Ordinal));

    private static string Join(IEnumerable<string> items)
    {
        var all = items.ToList();
        return string.Join(", ", all.Take(MostShown)) + (all.Count > MostShown ? $" and {all.Count - MostShown} more" : "");
    }
}
