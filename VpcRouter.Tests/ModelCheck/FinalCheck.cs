using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Compares the VPC, once everything is quiet, with what the rules say.</summary>
internal static class FinalCheck
{
    /// <param name="spec">The spec in force.</param>
    /// <param name="rules">What holds now.</param>
    public static IEnumerable<string> ProblemsOf(RouteSpec spec, Rules rules)
    {
        var tables = rules.Vpc.RouteTables.Where(rules.IsManaged).ToList();
        return spec.Entries.Where(entry => rules.IsAllowed(entry.Destination)).SelectMany(entry => ProblemsOf(entry, tables, rules));
    }

    private static IEnumerable<string> ProblemsOf(RouteEntry entry, List<RouteTable> tables, Rules rules)
    {
        var found = new HashSet<RouteTarget>();
        foreach (var table in tables.Where(table => Rules.IsMeant(entry, table)))
        {
            if (rules.RightTargets(entry, table) is not { } right)
                continue;
            var route = table.Routes.FirstOrDefault(route => route.IsCreated && route.Destination == entry.Destination);
            if (route is null ? table.Routes.Any(route => route.Destination == entry.Destination) : !rules.IsTouchable(table, route))
                continue;
            if (route is null)
                yield return $"{entry.Destination} is missing in {table.Id}; it should point at {string.Join(" or ", right)}";
            else if (!right.Contains(route.Target))
                yield return $"{entry.Destination} in {table.Id} points at {route.Target} ({route.State}), not at {string.Join(" or ", right)}";
            else
                found.Add(route.Target);
        }

        if (entry.Select != RouterSelectionMode.Zone && found.Count > 1)
            yield return $"{entry.Destination} has several routers: {string.Join(", ", found)} (R7)";
    }
}
