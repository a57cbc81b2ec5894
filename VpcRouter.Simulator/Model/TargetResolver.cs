namespace VpcRouter.Simulator.Model;

/// <summary>Turns the target that a request names into the one that a route keeps, and refuses targets that don't exist.</summary>
internal static class TargetResolver
{
    public static RouteTarget Resolve(VpcModel model, RouteTarget target)
    {
        switch (target.Kind)
        {
            case TargetKind.NetworkInterface:
                return new RouteTarget(TargetKind.NetworkInterface, model.RequireInterface(target.Id).Id);
            case TargetKind.Instance:
                return new RouteTarget(TargetKind.NetworkInterface, OnlyInterface(model, model.RequireInstance(target.Id)));
            default:
                if (target != RouteTarget.Local && (RouteTarget.KindOf(target.Id) != target.Kind || !model.Gateways.Contains(target.Id)))
                    throw UnknownGateway(target);
                return target;
        }
    }

    private static string OnlyInterface(VpcModel model, Instance instance) => instance.InterfaceIds switch
    {
        [var only] => model.Interfaces[only].Id,
        [] => throw new Ec2Exception("InvalidInstanceID",
            $"The instance '{instance.Id}' has no network interface (it is {instance.State.Name()})"),
        _ => throw new Ec2Exception("InvalidInstanceID",
            $"There are multiple interfaces attached to instance '{instance.Id}'. "
            + "Please specify an interface ID for the operation instead."),
    };

    private static Ec2Exception UnknownGateway(RouteTarget target) => target.Kind switch
    {
        TargetKind.NatGateway => Ec2Errors.NotFound("InvalidNatGatewayID", "natGateway", target.Id),
        TargetKind.TransitGateway => Ec2Errors.NotFound("InvalidTransitGatewayID", "transitGateway", target.Id),
        TargetKind.VpcPeeringConnection => Ec2Errors.NotFound("InvalidVpcPeeringConnectionID", "vpcPeeringConnection", target.Id),
        TargetKind.EgressOnlyInternetGateway =>
            Ec2Errors.NotFound("InvalidEgressOnlyInternetGatewayId", "egressOnlyInternetGateway", target.Id),
        _ when target.IsVpcEndpoint => Ec2Errors.NotFound("InvalidVpcEndpointId", "vpcEndpoint", target.Id),
        _ => Ec2Errors.NotFound("InvalidGatewayID", "gateway", target.Id),
    };
}
