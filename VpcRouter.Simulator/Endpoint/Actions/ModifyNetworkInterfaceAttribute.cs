namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>Changes the source/destination check, the one attribute that matters to a router.</summary>
internal sealed class ModifyNetworkInterfaceAttribute : IEc2Action
{
    public string Name => "ModifyNetworkInterfaceAttribute";

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var (request, vpc, _, _) = call;
        var id = request.Require("NetworkInterfaceId");
        request.Require("SourceDestCheck.Value");
        var check = request.Flag("SourceDestCheck.Value");
        vpc.Model.RequireInterface(id);
        request.EndDryRun();
        vpc.Update(model => model with
        {
            Interfaces = model.Interfaces.SetItem(id, model.RequireInterface(id) with { SourceDestCheck = check }),
        });
        return xml => xml.Value("return", true);
    }
}
