using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeSubnets : DescribeAction<Subnet>
{
    // EC2 keeps the first four addresses and the last one of every subnet.
    private const int ReservedAddresses = 5;

    public override string Name => "DescribeSubnets";

    protected override string IdParameter => "SubnetId";

    protected override FilterTable<Subnet> Filters { get; } = new FilterTable<Subnet>()
        .By("subnet-id", s => s.Id)
        .By("vpc-id", (model, _) => model.Vpc.Id)
        .By("availability-zone", s => s.Zone)
        .By("availability-zone-id", (model, s) => ZoneId(model, s))
        .By("cidr-block", s => s.Cidr.ToString())
        .By("ipv6-cidr-block-association.ipv6-cidr-block", s => s.Ipv6Cidr?.ToString())
        .By("state", _ => "available")
        .By("owner-id", _ => VpcModel.OwnerId)
        .ByTags(s => s.Name);

    protected override IEnumerable<Subnet> All(VpcModel model) => model.Subnets.Values;

    protected override string IdOf(Subnet item) => item.Id;

    protected override Subnet Require(VpcModel model, string id) =>
        model.Subnets.TryGetValue(id, out var subnet) ? subnet : throw Ec2Errors.NotFound("InvalidSubnetID", "subnet", id);

    protected override void Write(VpcModel model, IReadOnlyList<Subnet> items, Ec2Xml xml)
    {
        var used = model.Interfaces.Values.GroupBy(n => n.SubnetId).ToDictionary(g => g.Key, g => g.Sum(n => n.PrivateAddresses.Count()));
        xml.List("subnetSet", items, subnet =>
        {
            xml.Value("subnetId", subnet.Id);
            xml.Value("subnetArn", $"arn:aws:ec2:{model.Region}:{VpcModel.OwnerId}:subnet/{subnet.Id}");
            xml.Value("state", "available");
            xml.Value("vpcId", model.Vpc.Id);
            xml.Value("ownerId", VpcModel.OwnerId);
            xml.Value("cidrBlock", subnet.Cidr.ToString());
            xml.List("ipv6CidrBlockAssociationSet", subnet.Ipv6Cidr is { } v6 ? [v6] : Array.Empty<System.Net.IPNetwork>(), cidr =>
            {
                xml.Value("ipv6CidrBlock", cidr.ToString());
                xml.Group("ipv6CidrBlockState", () => xml.Value("state", "associated"));
            });
            var size = 1L << (32 - subnet.Cidr.PrefixLength);
            var available = size - ReservedAddresses - used.GetValueOrDefault(subnet.Id);
            xml.Value("availableIpAddressCount", (int)Math.Clamp(available, 0, int.MaxValue));
            xml.Value("availabilityZone", subnet.Zone);
            xml.Value("availabilityZoneId", ZoneId(model, subnet));
            xml.Value("defaultForAz", false);
            xml.Value("mapPublicIpOnLaunch", false);
            xml.Tags(subnet.Name);
        });
    }

    private static string ZoneId(VpcModel model, Subnet subnet) => model.Zones.First(z => z.Name == subnet.Zone).Id;
}
