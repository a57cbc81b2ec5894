using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeVpcs : DescribeAction<VpcIdentity>
{
    public override string Name => "DescribeVpcs";

    protected override string IdParameter => "VpcId";

    protected override FilterTable<VpcIdentity> Filters { get; } = new FilterTable<VpcIdentity>()
        .By("vpc-id", v => v.Id)
        .By("state", _ => "available")
        .By("owner-id", _ => VpcModel.OwnerId)
        .By("is-default", _ => "false")
        .By("cidr", v => v.Cidrs[0].ToString())
        .ByMany("cidr-block-association.cidr-block", v => v.Cidrs.Select(c => c.ToString()))
        .ByMany("ipv6-cidr-block-association.ipv6-cidr-block", v => v.Ipv6Cidrs.Select(c => c.ToString()))
        .ByTags(v => v.Name);

    protected override IEnumerable<VpcIdentity> All(VpcModel model) => [model.Vpc];

    protected override string IdOf(VpcIdentity item) => item.Id;

    protected override VpcIdentity Require(VpcModel model, string id) =>
        id == model.Vpc.Id ? model.Vpc : throw Ec2Errors.NotFound("InvalidVpcID", "vpc", id);

    protected override void Write(VpcModel model, IReadOnlyList<VpcIdentity> items, Ec2Xml xml) => xml.List("vpcSet", items, vpc =>
    {
        xml.Value("vpcId", vpc.Id);
        xml.Value("ownerId", VpcModel.OwnerId);
        xml.Value("state", "available");
        xml.Value("cidrBlock", vpc.Cidrs[0].ToString());
        xml.List("cidrBlockAssociationSet", vpc.Cidrs.Index(), cidr =>
        {
            xml.Value("associationId", $"vpc-cidr-assoc-{cidr.Index + 1:x17}");
            xml.Value("cidrBlock", cidr.Item.ToString());
            xml.Group("cidrBlockState", () => xml.Value("state", "associated"));
        });
        xml.List("ipv6CidrBlockAssociationSet", vpc.Ipv6Cidrs.Index(), cidr =>
        {
            xml.Value("associationId", $"vpc-cidr-assoc-{vpc.Cidrs.Length + cidr.Index + 1:x17}");
            xml.Value("ipv6CidrBlock", cidr.Item.ToString());
            xml.Group("ipv6CidrBlockState", () => xml.Value("state", "associated"));
        });
        xml.Value("instanceTenancy", "default");
        xml.Value("isDefault", false);
        xml.Tags(vpc.Name);
    });
}
