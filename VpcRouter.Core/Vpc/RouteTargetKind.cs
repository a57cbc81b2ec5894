namespace VpcRouter.Vpc;

/// <summary>What a route points at.</summary>
public enum RouteTargetKind
{
    /// <summary>Nothing that EC2 names any more: a blackhole whose interface is gone.</summary>
    None,

    /// <summary>A network interface (<c>eni-</c>): the only thing VpcRouter points routers' routes at.</summary>
    NetworkInterface,

    /// <summary>An instance (<c>i-</c>) whose interface EC2 doesn't name.</summary>
    Instance,

    /// <summary>The VPC itself.</summary>
    Local,

    /// <summary>An internet gateway (<c>igw-</c>).</summary>
    InternetGateway,

    /// <summary>A virtual private gateway (<c>vgw-</c>).</summary>
    VpnGateway,

    /// <summary>A NAT gateway (<c>nat-</c>).</summary>
    NatGateway,

    /// <summary>A transit gateway (<c>tgw-</c>).</summary>
    TransitGateway,

    /// <summary>A VPC endpoint (<c>vpce-</c>).</summary>
    VpcEndpoint,

    /// <summary>A peering connection (<c>pcx-</c>).</summary>
    PeeringConnection,

    /// <summary>Anything else; never touched.</summary>
    Other,
}
