using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeNetworkInterfaces : DescribeAction<NetworkInterface>
{
    public override string Name => "DescribeNetworkInterfaces";

    protected override string IdParameter => "NetworkInterfaceId";

    protected override FilterTable<NetworkInterface> Filters { get; } = new FilterTable<NetworkInterface>()
        .By("network-interface-id", n => n.Id)
        .By("vpc-id", (model, _) => model.Vpc.Id)
        .By("subnet-id", n => n.SubnetId)
        .By("availability-zone", n => n.Zone)
        .By("private-ip-address", n => n.PrimaryAddress.ToString())
        .ByMany("addresses.private-ip-address", n => n.PrivateAddresses.Select(a => a.ToString()))
        .ByMany("addresses.primary", n => n.PrivateAddresses.Select((_, i) => i == 0 ? "true" : "false"))
        .ByMany("ipv6-addresses.ipv6-address", n => n.Ipv6Addresses.Select(a => a.ToString()))
        .By("mac-address", n => n.MacAddress)
        .By("attachment.attachment-id", n => Attached(n, InterfaceXml.AttachmentId(n)))
        .By("attachment.instance-id", InstanceOf)
        .By("attachment.instance-owner-id", n => Attached(n, VpcModel.OwnerId))
        .By("attachment.device-index", n => Attached(n, $"{n.DeviceIndex}"))
        .By("attachment.status", n => Attached(n, "attached"))
        .By("owner-id", _ => VpcModel.OwnerId)
        .By("source-dest-check", n => n.SourceDestCheck ? "true" : "false")
        .By("status", InterfaceXml.StatusOf)
        .By("interface-type", _ => "interface")
        .ByTags(_ => null);

    protected override IEnumerable<NetworkInterface> All(VpcModel model) => model.Interfaces.Values;

    protected override string IdOf(NetworkInterface item) => item.Id;

    protected override NetworkInterface Require(VpcModel model, string id) => model.RequireInterface(id);

    protected override void Write(VpcModel model, IReadOnlyList<NetworkInterface> items, Ec2Xml xml) =>
        xml.List("networkInterfaceSet", items, item =>
        {
            InterfaceXml.Write(model, item, xml);
            xml.Value("availabilityZone", item.Zone);
            xml.Value("requesterManaged", false);
            if (item.InstanceId is not null)
                xml.Group("attachment", () => WriteAttachment(model, item, xml));
            xml.List("tagSet", Array.Empty<string>(), _ => { });
        });

    private static void WriteAttachment(VpcModel model, NetworkInterface item, Ec2Xml xml)
    {
        InterfaceXml.WriteAttachment(model, item, xml);
        xml.Value("instanceId", InstanceOf(model, item));
        xml.Value("instanceOwnerId", VpcModel.OwnerId);
    }

    private static string? Attached(NetworkInterface item, string value) => item.InstanceId is null ? null : value;

    private static string? InstanceOf(VpcModel model, NetworkInterface item) => model.Shape.SharedVpc ? null : item.InstanceId;
}
