namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class GetManagedPrefixListEntries : IEc2Action
{
    public string Name => "GetManagedPrefixListEntries";

    // A list has 1,000 entries at most: all are answered at once, which EC2 allows itself as well.
    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var list = call.Model.RequirePrefixList(call.Request.Require("PrefixListId"));
        call.Request.EndDryRun();
        return xml => xml.List("entrySet", list.Entries, entry => xml.Value("cidr", entry));
    }
}
