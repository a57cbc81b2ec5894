using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DeleteRoute : IEc2Action
{
    public string Name => "DeleteRoute";

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var (request, vpc, _, _) = call;
        var table = request.Require("RouteTableId");
        var destination = RouteParameters.ReadDestination(request);
        vpc.Model.RequireRouteTable(table);
        request.EndDryRun();
        vpc.Update(model => RouteRules.Delete(model, table, destination));
        return xml => xml.Value("return", true);
    }
}
