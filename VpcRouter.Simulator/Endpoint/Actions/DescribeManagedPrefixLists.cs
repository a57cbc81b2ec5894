using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeManagedPrefixLists : DescribeAction<PrefixList>
{
    public override string Name => "DescribeManagedPrefixLists";

    protected override string IdParameter => "PrefixListId";

    protected override (int Min, int Max)? PageSize => (1, 100);

    protected override FilterTable<PrefixList> Filters { get; } = new FilterTable<PrefixList>()
        .By("prefix-list-id", p => p.Id)
        .By("prefix-list-name", p => p.Name)
        .By("owner-id", _ => VpcModel.OwnerId);

    protected override IEnumerable<PrefixList> All(VpcModel model) => model.PrefixLists.Values;

    protected override string IdOf(PrefixList item) => item.Id;

    protected override PrefixList Require(VpcModel model, string id) => model.RequirePrefixList(id);

    protected override void Write(VpcModel model, IReadOnlyList<PrefixList> items, Ec2Xml xml) => xml.List("prefixListSet", items, list =>
    {
        xml.Value("prefixListId", list.Id);
        xml.Value("prefixListName", list.Name);
        xml.Value("prefixListArn", $"arn:aws:ec2:{model.Region}:{VpcModel.OwnerId}:prefix-list/{list.Id}");
        xml.Value("addressFamily", list.IsIpv6 ? "IPv6" : "IPv4");
        xml.Value("state", "create-complete");
        xml.Value("maxEntries", list.MaxEntries);
        xml.Value("version", 1);
        xml.Value("ownerId", VpcModel.OwnerId);
        xml.List("tagSet", Array.Empty<string>(), _ => { });
    });
}
