using System.Collections.Immutable;

namespace VpcRouter.Simulator.Model;

internal sealed record RouteTable(string Id, string? Name, ImmutableArray<RouteTableAssociation> Associations)
{
    public ImmutableDictionary<Destination, Route> Routes { get; init; } = ImmutableDictionary<Destination, Route>.Empty;

    /// <summary>How many routes of each address family fit in; null for the VPC's quota.</summary>
    public int? RouteQuota { get; init; }

    /// <summary>What counts against the quota, kept as a sum because a count over 1,000 routes for every write adds up.</summary>
    public int Ipv4Weight { get; init; }

    public int Ipv6Weight { get; init; }

    public bool IsMain => Associations.Any(a => a.IsMain);

    public bool IsEdge => Associations.Any(a => a.GatewayId is not null);

    public RouteTable Put(Route route) => this with { Routes = Routes.SetItem(route.Destination, route) };

    public RouteTable Weigh(bool ipv6, int weight) =>
        ipv6 ? this with { Ipv6Weight = Ipv6Weight + weight } : this with { Ipv4Weight = Ipv4Weight + weight };
}
