namespace VpcRouter.Simulator.Model;

/// <summary>Ties a table to a subnet, to a gateway (an edge table) or, with neither, to the VPC as its main table.</summary>
internal sealed record RouteTableAssociation(string Id, string? SubnetId, string? GatewayId)
{
    public bool IsMain => SubnetId is null && GatewayId is null;
}
