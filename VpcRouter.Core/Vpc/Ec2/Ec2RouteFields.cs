using VpcRouter.RouteSpecs;

namespace VpcRouter.Vpc.Ec2;

/// <summary>A destination and a target as EC2's requests spell them: one field a kind, all but the one meant null.</summary>
internal sealed record Ec2RouteFields
{
    private readonly RouteDestination _destination;
    private readonly RouteTarget? _target;

    /// <param name="destination">The destination.</param>
    /// <param name="target">The target; <see langword="null"/> for a deletion, which names none.</param>
    /// <exception cref="ArgumentException">The target is of a kind that no route can be pointed at.</exception>
    public Ec2RouteFields(RouteDestination destination, RouteTarget? target = null)
    {
        if (target?.Kind is RouteTargetKind.None or RouteTargetKind.Instance or RouteTargetKind.Local or RouteTargetKind.Other)
            throw new ArgumentException($"A route can't be pointed at {target} ({target?.Kind}).", nameof(target));
        _destination = destination;
        _target = target;
    }

    public string? Ipv4Cidr => _destination.PrefixListId is null && !_destination.IsIPv6 ? _destination.ToString() : null;

    public string? Ipv6Cidr => _destination.IsIPv6 ? _destination.ToString() : null;

    public string? PrefixListId => _destination.PrefixListId;

    public string? NetworkInterfaceId => IdIf(RouteTargetKind.NetworkInterface);

    public string? NatGatewayId => IdIf(RouteTargetKind.NatGateway);

    public string? TransitGatewayId => IdIf(RouteTargetKind.TransitGateway);

    public string? VpcEndpointId => IdIf(RouteTargetKind.VpcEndpoint);

    public string? PeeringConnectionId => IdIf(RouteTargetKind.PeeringConnection);

    public string? GatewayId => IdIf(RouteTargetKind.InternetGateway) ?? IdIf(RouteTargetKind.VpnGateway);

    private string? IdIf(RouteTargetKind kind) => _target is { } target && target.Kind == kind ? target.Id : null;
}
