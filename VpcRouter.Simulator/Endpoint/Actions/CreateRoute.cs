using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class CreateRoute : IEc2Action
{
    public string Name => "CreateRoute";

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var (request, vpc, _, _) = call;
        var table = request.Require("RouteTableId");
        var destination = RouteParameters.ReadDestination(request);
        var target = RouteParameters.ReadTarget(request);
        vpc.Model.RequireRouteTable(table);
        request.EndDryRun();
        vpc.Update(model => RouteRules.Create(model, table, destination, target, quota: call.QuotaOf(table)));
        return xml => xml.Value("return", true);
    }
}
