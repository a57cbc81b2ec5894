using System.Collections.Frozen;
using VpcRouter.Simulator.Endpoint;

namespace VpcRouter.Simulator.Faults;

/// <summary>A permission that the caller lacks: for every route table, or for some.</summary>
/// <param name="RouteTables">The ids of the tables; empty for whatever the call is about.</param>
internal sealed record Denial(FrozenSet<string> RouteTables)
{
    public bool Concerns(QueryRequest request) =>
        RouteTables.Count == 0 || (request.Find("RouteTableId") is { } table && RouteTables.Contains(table));
}
