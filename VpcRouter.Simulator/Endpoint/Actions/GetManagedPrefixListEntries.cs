using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class GetManagedPrefixListEntries(SimulatedVpc vpc) : IEc2Action
{
    public string Name => "GetManagedPrefixListEntries";

    // A list has 1,000 entries at most: all are answered at once, which EC2 allows itself as well.
    public Action<Ec2Xml> Execute(QueryRequest request)
    {
        var list = vpc.Model.RequirePrefixList(request.Require("PrefixListId"));
        request.EndDryRun();
        return xml => xml.List("entrySet", list.Entries, entry => xml.Value("cidr", entry));
    }
}
