using System.Collections.Frozen;

namespace VpcRouter.Simulator.Faults;

/// <summary>How many routes of each address family fit into route tables.</summary>
/// <param name="RouteTables">The ids of the tables; empty for all.</param>
/// <param name="Routes">The quota. Routes that are there already stay, however many.</param>
internal sealed record RouteQuota(FrozenSet<string> RouteTables, int Routes)
{
    public bool Concerns(string routeTableId) => RouteTables.Count == 0 || RouteTables.Contains(routeTableId);
}
