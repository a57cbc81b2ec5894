using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>What DescribeNetworkInterfaces and DescribeInstances both tell of an interface.</summary>
internal static class InterfaceXml
{
    public static void Write(VpcModel model, NetworkInterface item, Ec2Xml xml)
    {
        xml.Value("networkInterfaceId", item.Id);
        xml.Value("subnetId", item.SubnetId);
        xml.Value("vpcId", model.Vpc.Id);
        xml.Value("ownerId", VpcModel.OwnerId);
        xml.Value("description", "");
        xml.Value("status", StatusOf(item));
        xml.Value("interfaceType", "interface");
        xml.Value("macAddress", item.MacAddress);
        xml.Value("privateIpAddress", item.PrimaryAddress);
        xml.Value("sourceDestCheck", item.SourceDestCheck);
        xml.List("groupSet", Array.Empty<string>(), _ => { });
        xml.List("privateIpAddressesSet", item.PrivateAddresses, address =>
        {
            xml.Value("privateIpAddress", address);
            xml.Value("primary", address.Equals(item.PrimaryAddress));
        });
        xml.List("ipv6AddressesSet", item.Ipv6Addresses, address => xml.Value("ipv6Address", address));
    }

    /// <summary>What both tell of an attachment; there must be one.</summary>
    public static void WriteAttachment(VpcModel model, NetworkInterface item, Ec2Xml xml)
    {
        xml.Value("attachmentId", AttachmentId(item));
        xml.Value("deviceIndex", item.DeviceIndex);
        xml.Value("status", "attached");
        xml.Value("attachTime", model.Instances[item.InstanceId!].LaunchTime);
        xml.Value("deleteOnTermination", true);
    }

    public static string StatusOf(NetworkInterface item) => item.InstanceId is null ? "available" : "in-use";

    public static string AttachmentId(NetworkInterface item) => item.Id.Replace("eni-", "eni-attach-", StringComparison.Ordinal);
}
