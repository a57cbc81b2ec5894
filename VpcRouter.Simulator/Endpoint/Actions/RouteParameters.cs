using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>The parameters that the route writes share.</summary>
internal static class RouteParameters
{
    private static readonly (string Name, Func<string, Destination> Parse)[] Destinations =
    [
        ("DestinationCidrBlock", Destination.Ipv4),
        ("DestinationIpv6CidrBlock", Destination.Ipv6),
        ("DestinationPrefixListId", Destination.PrefixList),
    ];

    private static readonly (string Name, TargetKind Kind)[] Targets =
    [
        ("NetworkInterfaceId", TargetKind.NetworkInterface),
        ("GatewayId", TargetKind.Gateway),
        ("VpcEndpointId", TargetKind.Gateway),
        ("NatGatewayId", TargetKind.NatGateway),
        ("InstanceId", TargetKind.Instance),
        ("TransitGatewayId", TargetKind.TransitGateway),
        ("VpcPeeringConnectionId", TargetKind.VpcPeeringConnection),
        ("EgressOnlyInternetGatewayId", TargetKind.EgressOnlyInternetGateway),
    ];

    public static Destination ReadDestination(QueryRequest request)
    {
        var (name, parse) = OnlyOne(request, Destinations, d => d.Name);
        return parse(request.Require(name));
    }

    public static RouteTarget ReadTarget(QueryRequest request)
    {
        var (name, kind) = OnlyOne(request, Targets, t => t.Name);
        return new RouteTarget(kind, request.Require(name));
    }

    public static string? DestinationText(QueryRequest request) =>
        Destinations.Select(d => request.Find(d.Name)).FirstOrDefault(v => v is not null);

    public static string? TargetText(QueryRequest request) =>
        Targets.Select(t => request.Find(t.Name)).FirstOrDefault(v => v is not null)
        ?? request.Find("InstanceId.1") ?? request.Find("NetworkInterfaceId.1");

    private static T OnlyOne<T>(QueryRequest request, T[] choices, Func<T, string> name)
    {
        var given = choices.Where(c => request.Find(name(c)) is not null).ToList();
        return given switch
        {
            [var only] => only,
            [] => throw Ec2Errors.Missing("exactly one of " + string.Join(", ", choices.Select(name))),
            _ => throw Ec2Errors.Combination("The request must contain exactly one of " + string.Join(", ", given.Select(name))),
        };
    }
}
