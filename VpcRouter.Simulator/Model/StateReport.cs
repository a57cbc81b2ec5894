namespace VpcRouter.Simulator.Model;

/// <summary>Renders the model for people and for tests.</summary>
internal static class StateReport
{
    public static SimulatorState Of(VpcModel model) => new(model.Region, model.Vpc.Id, [.. model.Zones.Select(z => z.Name)],
        [.. model.RouteTables.Values.Select(t => Table(model, t))],
        [.. model.HostOrder.Select(a => Host(model, model.Hosts[a]))]);

    private static SimulatedRouteTable Table(VpcModel model, RouteTable table) => new(table.Id, table.Name, table.IsMain, table.IsEdge,
        [.. Subnets(model, table)],
        [.. table.Routes.Values.OrderBy(r => r.Destination.Text, StringComparer.Ordinal).Select(r => Route(model, r))]);

    private static IEnumerable<string> Subnets(VpcModel model, RouteTable table)
    {
        var own = table.Associations.Where(a => a.SubnetId is not null).Select(a => a.SubnetId!);
        if (!table.IsMain)
            return own;
        var taken = model.RouteTables.Values.SelectMany(t => t.Associations).Select(a => a.SubnetId).ToHashSet();
        return own.Concat(model.Subnets.Keys.Where(s => !taken.Contains(s)));
    }

    private static SimulatedRoute Route(VpcModel model, Route route) => new(route.Destination.Text, route.Target.Id,
        model.HostOfInterface.TryGetValue(route.Target.Id, out var router) ? router.ToString() : null,
        model.IsBlackhole(route) ? "blackhole" : "active", route.Origin.ToString());

    private static SimulatedHost Host(VpcModel model, Host host) => new(host.Address.ToString(),
        host.InstanceId, host.InterfaceId, host.Zone, model.Instances[host.InstanceId].State.Name(), model.IsAnswering(host), host.Since)
    {
        Status = model.Instances[host.InstanceId].Status.Name(),
    };
}
