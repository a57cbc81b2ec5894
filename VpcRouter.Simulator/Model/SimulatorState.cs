namespace VpcRouter.Simulator.Model;

/// <summary>A consistent view of the whole VPC at one moment.</summary>
/// <param name="Region">The region.</param>
/// <param name="Vpc">The VPC id.</param>
/// <param name="Zones">The availability zones.</param>
/// <param name="RouteTables">The route tables, ordered by id.</param>
/// <param name="Hosts">The router hosts in the topology's order, terminated ones included.</param>
public sealed record SimulatorState(string Region, string Vpc, IReadOnlyList<string> Zones, IReadOnlyList<SimulatedRouteTable> RouteTables,
    IReadOnlyList<SimulatedHost> Hosts);
