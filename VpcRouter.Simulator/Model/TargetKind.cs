namespace VpcRouter.Simulator.Model;

internal enum TargetKind
{
    Gateway,
    NatGateway,
    NetworkInterface,
    TransitGateway,
    VpcPeeringConnection,
    EgressOnlyInternetGateway,

    /// <summary>Only in requests: it is resolved to the instance's interface before it reaches a route.</summary>
    Instance,
}
