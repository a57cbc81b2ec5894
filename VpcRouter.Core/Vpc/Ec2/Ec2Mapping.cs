using System.Collections.Immutable;
using System.Net;
using Amazon.EC2;
using VpcRouter.RouteSpecs;
using Ec2Model = Amazon.EC2.Model;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Turns the SDK's answers into ours. The SDK leaves collections null where the answer has none.</summary>
internal static class Ec2Mapping
{
    public static IEnumerable<T> OrEmpty<T>(this IEnumerable<T>? items) => items ?? [];

    /// <summary>The route tables with the subnets that each serves: the associated ones, and for the main table all the others.</summary>
    public static ImmutableArray<RouteTable> RouteTables(IReadOnlyList<Ec2Model.RouteTable> tables, IReadOnlyDictionary<string, SubnetFacts> subnetsById)
    {
        var associated = tables.SelectMany(table => table.Associations.OrEmpty()).Select(association => association.SubnetId).OfType<string>().ToHashSet();
        var implicitSubnets = subnetsById.Keys.Where(subnet => !associated.Contains(subnet)).Order(StringComparer.Ordinal).ToList();
        return [.. tables.OrderBy(table => table.RouteTableId, StringComparer.Ordinal).Select(table => RouteTableOf(table, implicitSubnets, subnetsById))];
    }

    public static NetworkInterface NetworkInterfaceOf(Ec2Model.NetworkInterface source)
    {
        var primary = source.PrivateIpAddress;
        var addresses = source.PrivateIpAddresses.OrEmpty().Select(address => address.PrivateIpAddress).OrderBy(address => address != primary).Prepend(primary)
            .Concat(source.Ipv6Addresses.OrEmpty().Select(address => address.Ipv6Address));
        return new NetworkInterface(source.NetworkInterfaceId, source.SubnetId, source.AvailabilityZone, [.. addresses.OfType<string>().Distinct().Select(ParseAddress).OfType<IPAddress>()])
        {
            InstanceId = source.Attachment?.InstanceId,
            IsAttached = source.Attachment?.Status == AttachmentStatus.Attached,
            SourceDestCheck = source.SourceDestCheck ?? false,
        };
    }

    public static SubnetFacts SubnetOf(Ec2Model.Subnet source) => new(
        source.AvailabilityZone,
        [
            .. source.Ipv6CidrBlockAssociationSet.OrEmpty().Where(association => association.Ipv6CidrBlockState?.State == SubnetCidrBlockStateCode.Associated).Select(association => association.Ipv6CidrBlock)
                .Prepend(source.CidrBlock)
                .Select(cidr => IPNetwork.TryParse(cidr, out var network) ? network : (IPNetwork?)null)
                .OfType<IPNetwork>(),
        ]);

    private static RouteTable RouteTableOf(Ec2Model.RouteTable source, List<string> implicitSubnets, IReadOnlyDictionary<string, SubnetFacts> subnetsById)
    {
        var associations = source.Associations.OrEmpty().ToList();
        var isMain = associations.Exists(association => association.Main == true);
        var subnets = associations.Select(association => association.SubnetId).OfType<string>().Concat(isMain ? implicitSubnets : []).ToImmutableArray();
        return new RouteTable(source.RouteTableId, [.. source.Routes.OrEmpty().Select(RouteOf).OfType<Route>()])
        {
            Name = source.Tags.OrEmpty().FirstOrDefault(tag => tag.Key == "Name")?.Value,
            IsMain = isMain,
            IsEdge = associations.Exists(association => association.GatewayId is not null),
            SubnetIds = subnets,
            SubnetCidrs = [.. subnets.SelectMany(subnet => subnetsById.GetValueOrDefault(subnet)?.Cidrs ?? [])],
            Zones = [.. subnets.Select(subnet => subnetsById.GetValueOrDefault(subnet)?.Zone).OfType<string>().Distinct()],
        };
    }

    // A destination of a kind that this version doesn't know is nobody's business here.
    private static Route? RouteOf(Ec2Model.Route source)
    {
        var text = source.DestinationCidrBlock ?? source.DestinationIpv6CidrBlock ?? source.DestinationPrefixListId;
        if (!RouteDestination.TryParse(text, null, out var destination))
            return null;
        var state = source.State == Amazon.EC2.RouteState.Blackhole ? RouteState.Blackhole
            : source.State == Amazon.EC2.RouteState.Active ? RouteState.Active : RouteState.Filtered;
        return new Route(destination, TargetOf(source), state, source.Origin == RouteOrigin.CreateRoute) { InstanceId = source.InstanceId };
    }

    private static RouteTarget TargetOf(Ec2Model.Route source)
    {
        if (source.NetworkInterfaceId is { } networkInterface)
            return RouteTarget.OfInterface(networkInterface);
        if (source.InstanceId is { } instance)
            return new RouteTarget(RouteTargetKind.Instance, instance);
        if (source.GatewayId is { } gateway)
            return GatewayOf(gateway);
        var other = source.NatGatewayId ?? source.TransitGatewayId ?? source.VpcPeeringConnectionId;
        if (RouteTarget.TryParseFallback(other, out var target))
            return target;
        other ??= source.EgressOnlyInternetGatewayId ?? source.LocalGatewayId ?? source.CarrierGatewayId ?? source.CoreNetworkArn ?? source.OdbNetworkArn;
        return other is null ? RouteTarget.None : new RouteTarget(RouteTargetKind.Other, other);
    }

    private static RouteTarget GatewayOf(string gateway) =>
        gateway == "local" ? new RouteTarget(RouteTargetKind.Local, gateway)
        : RouteTarget.TryParseFallback(gateway, out var target) ? target
        : new RouteTarget(RouteTargetKind.Other, gateway);

    private static IPAddress? ParseAddress(string text) => HostAddress.TryParse(text, out var address) ? address : null;
}
