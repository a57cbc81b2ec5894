using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeRouteTables : DescribeAction<RouteTable>
{
    public override string Name => "DescribeRouteTables";

    protected override string IdParameter => "RouteTableId";

    protected override (int Min, int Max)? PageSize => (5, 100);

    // The route.* filters select tables that have such a route; their other routes are returned with it.
    protected override FilterTable<RouteTable> Filters { get; } = new FilterTable<RouteTable>()
        .By("route-table-id", t => t.Id)
        .By("vpc-id", (model, _) => model.Vpc.Id)
        .By("owner-id", _ => VpcModel.OwnerId)
        .ByMany("association.route-table-association-id", t => t.Associations.Select(a => a.Id))
        .ByMany("association.route-table-id", t => t.Associations.Select(_ => t.Id))
        .ByMany("association.subnet-id", t => t.Associations.Select(a => a.SubnetId))
        .ByMany("association.gateway-id", t => t.Associations.Select(a => a.GatewayId))
        .ByMany("association.main", t => t.Associations.Select(a => a.IsMain ? "true" : "false"))
        .ByMany("route.destination-cidr-block", t => Destinations(t, DestinationKind.Ipv4))
        .ByMany("route.destination-ipv6-cidr-block", t => Destinations(t, DestinationKind.Ipv6))
        .ByMany("route.destination-prefix-list-id", t => Destinations(t, DestinationKind.PrefixList))
        .ByMany("route.gateway-id", t => Targets(t, TargetKind.Gateway))
        .ByMany("route.nat-gateway-id", t => Targets(t, TargetKind.NatGateway))
        .ByMany("route.transit-gateway-id", t => Targets(t, TargetKind.TransitGateway))
        .ByMany("route.vpc-peering-connection-id", t => Targets(t, TargetKind.VpcPeeringConnection))
        .ByMany("route.egress-only-internet-gateway-id", t => Targets(t, TargetKind.EgressOnlyInternetGateway))
        .ByMany("route.instance-id", (model, t) => t.Routes.Values.Select(r => RouteXml.InstanceOf(model, r)))
        .ByMany("route.origin", t => t.Routes.Values.Select(r => r.Origin.ToString()))
        .ByMany("route.state", (model, t) => t.Routes.Values.Select(r => RouteXml.StateOf(model, r)))
        .ByTags(t => t.Name);

    protected override IEnumerable<RouteTable> All(VpcModel model) => model.RouteTables.Values;

    protected override string IdOf(RouteTable item) => item.Id;

    protected override RouteTable Require(VpcModel model, string id) => model.RequireRouteTable(id);

    protected override void Write(VpcModel model, IReadOnlyList<RouteTable> items, Ec2Xml xml) => xml.List("routeTableSet", items, table =>
    {
        xml.Value("routeTableId", table.Id);
        xml.Value("vpcId", model.Vpc.Id);
        xml.Value("ownerId", VpcModel.OwnerId);
        xml.List("routeSet", table.Routes.Values, route => RouteXml.Write(model, route, xml));
        xml.List("associationSet", table.Associations, association =>
        {
            xml.Value("routeTableAssociationId", association.Id);
            xml.Value("routeTableId", table.Id);
            xml.Value("subnetId", association.SubnetId);
            xml.Value("gatewayId", association.GatewayId);
            xml.Value("main", association.IsMain);
            xml.Group("associationState", () => xml.Value("state", "associated"));
        });
        xml.List("propagatingVgwSet", PropagatingGateways(table), gateway => xml.Value("gatewayId", gateway));
        xml.Tags(table.Name);
    });

    private static IEnumerable<string> PropagatingGateways(RouteTable table) =>
        table.Routes.Values.Where(r => r.Origin == RouteOrigin.EnableVgwRoutePropagation).Select(r => r.Target.Id).Distinct();

    private static IEnumerable<string?> Destinations(RouteTable table, DestinationKind kind) =>
        table.Routes.Values.Select(r => r.Destination.Kind == kind ? r.Destination.Text : null);

    private static IEnumerable<string?> Targets(RouteTable table, TargetKind kind) =>
        table.Routes.Values.Select(r => r.Target.Kind == kind ? r.Target.Id : null);
}
