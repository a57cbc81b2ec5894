using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DeleteRoute(SimulatedVpc vpc) : IEc2Action
{
    public string Name => "DeleteRoute";

    public Action<Ec2Xml> Execute(QueryRequest request)
    {
        var table = request.Require("RouteTableId");
        var destination = RouteParameters.ReadDestination(request);
        vpc.Model.RequireRouteTable(table);
        request.EndDryRun();
        vpc.Update(model => RouteRules.Delete(model, table, destination));
        return xml => xml.Value("return", true);
    }
}
