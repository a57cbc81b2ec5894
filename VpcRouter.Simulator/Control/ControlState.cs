using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Control;

/// <summary>What <c>GET /_simulator/state</c> shows: the VPC, the hosts and the newest calls.</summary>
internal sealed record ControlState(string Region, string Vpc, IReadOnlyList<string> Zones, int ProbePort,
    IReadOnlyList<SimulatedRouteTable> RouteTables, IReadOnlyList<SimulatedHost> Hosts, IReadOnlyList<SimulatorCall> Calls);
