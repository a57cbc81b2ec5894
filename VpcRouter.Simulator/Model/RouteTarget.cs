namespace VpcRouter.Simulator.Model;

/// <summary>Where a route points.</summary>
internal sealed record RouteTarget(TargetKind Kind, string Id)
{
    public static RouteTarget Local { get; } = new(TargetKind.Gateway, "local");

    /// <summary>The kind that an id's prefix stands for, or null for a prefix that no target has.</summary>
    public static TargetKind? KindOf(string id) => id.Split('-')[0] switch
    {
        "igw" or "vgw" or "vpce" or "local" => TargetKind.Gateway,
        "nat" => TargetKind.NatGateway,
        "eni" => TargetKind.NetworkInterface,
        "tgw" => TargetKind.TransitGateway,
        "pcx" => TargetKind.VpcPeeringConnection,
        "eigw" => TargetKind.EgressOnlyInternetGateway,
        "i" => TargetKind.Instance,
        _ => null,
    };

    public bool IsVpcEndpoint => Kind == TargetKind.Gateway && Id.StartsWith("vpce-", StringComparison.Ordinal);
}
