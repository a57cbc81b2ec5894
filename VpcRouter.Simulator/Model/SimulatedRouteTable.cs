namespace VpcRouter.Simulator.Model;

/// <summary>A route table as it stands.</summary>
/// <param name="Id">The route table id.</param>
/// <param name="Name">The Name tag, or null.</param>
/// <param name="Main">Whether it is the VPC's main table.</param>
/// <param name="Edge">Whether it is associated with a gateway.</param>
/// <param name="Subnets">The subnets it routes for; for the main table also those without an association of their own.</param>
/// <param name="Routes">Its routes, ordered by destination.</param>
public sealed record SimulatedRouteTable(string Id, string? Name, bool Main, bool Edge, IReadOnlyList<string> Subnets,
    IReadOnlyList<SimulatedRoute> Routes);
