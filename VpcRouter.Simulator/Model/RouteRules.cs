using System.Net;

namespace VpcRouter.Simulator.Model;

/// <summary>What EC2 allows to be written into a route table.</summary>
internal static class RouteRules
{
    public static VpcModel Create(VpcModel model, string tableId, Destination destination, RouteTarget requested,
        RouteOrigin origin = RouteOrigin.CreateRoute, int? quota = null)
    {
        var table = model.RequireRouteTable(tableId);
        var target = TargetResolver.Resolve(model, requested);
        var (ipv6, weight) = Weigh(model, destination);
        if (table.Routes.TryGetValue(destination, out var existing))
        {
            return existing.Target == target
                ? model
                : throw new Ec2Exception("RouteAlreadyExists", $"The route identified by {destination.Text} already exists.");
        }

        CheckPlacement(model, table, destination, target);
        var route = new Route(destination, target, origin);
        if (origin != RouteOrigin.CreateRoute)
            return model.Put(table.Put(route));

        table = table.Weigh(ipv6, weight);
        // The quota is enforced separately for IPv4 and IPv6 routes; propagated and local ones don't count.
        var most = quota ?? table.RouteQuota ?? model.RouteQuota;
        if ((ipv6 ? table.Ipv6Weight : table.Ipv4Weight) > most)
        {
            throw new Ec2Exception("RouteLimitExceeded",
                $"The maximum number of routes that can be added to route table '{tableId}' is {most}.");
        }

        return model.Put(table.Put(route));
    }

    public static VpcModel Replace(VpcModel model, string tableId, Destination destination, RouteTarget requested)
    {
        var table = model.RequireRouteTable(tableId);
        var target = TargetResolver.Resolve(model, requested);
        Weigh(model, destination);
        if (!table.Routes.TryGetValue(destination, out var existing) || existing.Origin == RouteOrigin.EnableVgwRoutePropagation)
            throw Ec2Errors.Invalid($"There is no route defined for '{destination.Text}' in the route table. Use CreateRoute instead.");
        if (existing.Origin == RouteOrigin.CreateRouteTable)
            throw Ec2Errors.Invalid($"cannot replace local route {destination.Text} in route table {tableId}");
        CheckPlacement(model, table, destination, target);
        return existing.Target == target ? model : model.Put(table.Put(existing with { Target = target }));
    }

    public static VpcModel Delete(VpcModel model, string tableId, Destination destination)
    {
        var table = model.RequireRouteTable(tableId);
        if (!table.Routes.TryGetValue(destination, out var existing) || existing.Origin == RouteOrigin.EnableVgwRoutePropagation)
        {
            throw new Ec2Exception("InvalidRoute.NotFound",
                $"no route with destination-cidr-block {destination.Text} in route table {tableId}");
        }

        if (existing.Origin == RouteOrigin.CreateRouteTable)
            throw Ec2Errors.Invalid($"cannot remove local route {destination.Text} in route table {tableId}");
        var (ipv6, weight) = Weigh(model, destination);
        return model.Put((table with { Routes = table.Routes.Remove(destination) }).Weigh(ipv6, -weight));
    }

    private static (bool Ipv6, int Weight) Weigh(VpcModel model, Destination destination)
    {
        if (destination.Kind != DestinationKind.PrefixList)
            return (destination.Kind == DestinationKind.Ipv6, 1);
        var list = model.RequirePrefixList(destination.Text);
        return (list.IsIpv6, list.MaxEntries);
    }

    private static void CheckPlacement(VpcModel model, RouteTable table, Destination destination, RouteTarget target)
    {
        if (target == RouteTarget.Local)
            throw Ec2Errors.Invalid("A route to 'local' comes with its table and can't be written.");
        if (target.Kind == TargetKind.EgressOnlyInternetGateway && destination.Kind == DestinationKind.Ipv4)
            throw Ec2Errors.Invalid($"An egress-only internet gateway takes IPv6 routes only, not '{destination.Text}'.");
        var network = destination.Network;
        if (table.IsEdge)
            CheckEdge(model, table, destination, network, target);
        else if (network is { } inside && model.Vpc.AllCidrs.Any(c => c.Covers(inside)))
            CheckInsideVpc(model, destination, inside, target);
    }

    private static void CheckEdge(VpcModel model, RouteTable table, Destination destination, IPNetwork? network, RouteTarget target)
    {
        if (network is not { } cidr || !(IsSubnet(model, cidr) || model.Vpc.AllCidrs.Contains(cidr)))
        {
            throw Ec2Errors.Invalid($"Route table '{table.Id}' is associated with a gateway: the destination '{destination.Text}' "
                + "must be the CIDR block of the VPC or of a whole subnet.");
        }

        if (target.Kind != TargetKind.NetworkInterface && !target.IsVpcEndpoint)
        {
            throw Ec2Errors.Invalid($"Route table '{table.Id}' is associated with a gateway: the target '{target.Id}' "
                + "must be a network interface or a Gateway Load Balancer endpoint.");
        }
    }

    private static void CheckInsideVpc(VpcModel model, Destination destination, IPNetwork cidr, RouteTarget target)
    {
        if (!IsSubnet(model, cidr))
        {
            throw Ec2Errors.Invalid($"The destination CIDR block {destination.Text} is equal to or more specific than one of this VPC's "
                + "CIDR blocks. This route can target only a whole subnet.");
        }

        if (target.Kind is not (TargetKind.NetworkInterface or TargetKind.NatGateway) && !target.IsVpcEndpoint)
        {
            throw Ec2Errors.Invalid($"The destination CIDR block {destination.Text} is more specific than one of this VPC's CIDR blocks. "
                + "This route can target only an interface, a NAT gateway or a Gateway Load Balancer endpoint.");
        }
    }

    private static bool IsSubnet(VpcModel model, IPNetwork cidr) =>
        model.Subnets.Values.Any(s => s.Cidr.Equals(cidr) || (s.Ipv6Cidr is { } v6 && v6.Equals(cidr)));
}
