using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class ReplaceRoute(SimulatedVpc vpc) : IEc2Action
{
    public string Name => "ReplaceRoute";

    public Action<Ec2Xml> Execute(QueryRequest request)
    {
        var table = request.Require("RouteTableId");
        var destination = RouteParameters.ReadDestination(request);
        var target = RouteParameters.ReadTarget(request);
        vpc.Model.RequireRouteTable(table);
        request.EndDryRun();
        vpc.Update(model => RouteRules.Replace(model, table, destination, target));
        return xml => xml.Value("return", true);
    }
}
