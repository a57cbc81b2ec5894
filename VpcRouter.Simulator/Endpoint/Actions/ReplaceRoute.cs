using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class ReplaceRoute : IEc2Action
{
    public string Name => "ReplaceRoute";

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var (request, vpc, _, _) = call;
        var table = request.Require("RouteTableId");
        var destination = RouteParameters.ReadDestination(request);
        var target = RouteParameters.ReadTarget(request);
        vpc.Model.RequireRouteTable(table);
        request.EndDryRun();
        vpc.Update(model => RouteRules.Replace(model, table, destination, target));
        return xml => xml.Value("return", true);
    }
}
