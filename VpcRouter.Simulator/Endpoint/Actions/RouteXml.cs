using System.Collections.Immutable;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>A route as DescribeRouteTables shows it.</summary>
internal static class RouteXml
{
    public static void Write(VpcModel model, Route route, Ec2Xml xml)
    {
        xml.Value(route.Destination.Kind switch
        {
            DestinationKind.Ipv4 => "destinationCidrBlock",
            DestinationKind.Ipv6 => "destinationIpv6CidrBlock",
            _ => "destinationPrefixListId",
        }, route.Destination.Text);
        xml.Value(route.Target.Kind switch
        {
            TargetKind.NatGateway => "natGatewayId",
            TargetKind.NetworkInterface => "networkInterfaceId",
            TargetKind.TransitGateway => "transitGatewayId",
            TargetKind.VpcPeeringConnection => "vpcPeeringConnectionId",
            TargetKind.EgressOnlyInternetGateway => "egressOnlyInternetGatewayId",
            _ => "gatewayId",
        }, TargetOf(model, route));
        if (InstanceOf(model, route) is { } instance)
        {
            xml.Value("instanceId", instance);
            xml.Value("instanceOwnerId", VpcModel.OwnerId);
        }

        xml.Value("state", StateOf(model, route));
        xml.Value("origin", route.Origin.ToString());
    }

    public static string StateOf(VpcModel model, Route route) => model.IsBlackhole(route) ? "blackhole" : "active";

    /// <summary>The instance behind the route; usually none once terminated, though the route keeps the interface's id.</summary>
    public static string? InstanceOf(VpcModel model, Route route)
    {
        if (route.Target.Kind != TargetKind.NetworkInterface || model.Shape.SharedVpc)
            return null;
        var instance = model.Interfaces.GetValueOrDefault(route.Target.Id)?.InstanceId;
        if (model.Shape.BlackholeInstanceId is not { } isShown || !model.IsBlackhole(route))
            return instance;
        return isShown ? instance ?? model.LastAttached.GetValueOrDefault(route.Target.Id)?.InstanceId : null;
    }

    private static string? TargetOf(VpcModel model, Route route) =>
        !model.Shape.BlackholeInterfaceId && model.IsBlackhole(route) ? null : route.Target.Id;
}
