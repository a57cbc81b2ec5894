using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeInstances : DescribeAction<Instance>
{
    public override string Name => "DescribeInstances";

    protected override string IdParameter => "InstanceId";

    // A terminated instance has no interface and with it no VPC, subnet or address any more.
    protected override FilterTable<Instance> Filters { get; } = new FilterTable<Instance>()
        .By("instance-id", i => i.Id)
        .By("instance-state-name", i => i.State.Name())
        .By("instance-state-code", i => $"{(int)i.State}")
        .By("availability-zone", i => i.Zone)
        .By("owner-id", _ => VpcModel.OwnerId)
        .By("vpc-id", (model, i) => i.InterfaceIds.IsEmpty ? null : model.Vpc.Id)
        .ByMany("subnet-id", (model, i) => Interfaces(model, i).Take(1).Select(n => n.SubnetId))
        .ByMany("private-ip-address", (model, i) => Interfaces(model, i).Take(1).Select(n => n.PrimaryAddress.ToString()))
        .ByMany("network-interface.network-interface-id", i => i.InterfaceIds)
        .ByMany("network-interface.addresses.private-ip-address",
            (model, i) => Interfaces(model, i).SelectMany(n => n.PrivateAddresses).Select(a => a.ToString()))
        .ByMany("network-interface.vpc-id", (model, i) => i.InterfaceIds.Select(_ => model.Vpc.Id))
        .ByMany("network-interface.subnet-id", (model, i) => Interfaces(model, i).Select(n => n.SubnetId))
        .ByTags(i => i.Name);

    protected override IEnumerable<Instance> All(VpcModel model) => model.Instances.Values.Where(i => !i.IsForgotten);

    protected override string IdOf(Instance item) => item.Id;

    protected override Instance Require(VpcModel model, string id) => model.RequireInstance(id);

    protected override void Write(VpcModel model, IReadOnlyList<Instance> items, Ec2Xml xml) =>
        xml.List("reservationSet", items, instance =>
        {
            xml.Value("reservationId", "r" + instance.Id[1..]);
            xml.Value("ownerId", VpcModel.OwnerId);
            xml.List("groupSet", Array.Empty<string>(), _ => { });
            xml.List("instancesSet", new[] { instance }, _ => WriteInstance(model, instance, xml));
        });

    private static void WriteInstance(VpcModel model, Instance instance, Ec2Xml xml)
    {
        xml.Value("instanceId", instance.Id);
        xml.Value("imageId", "ami-0a1b2c3d4e5f60718");
        xml.Group("instanceState", () => InstanceStateXml.Write(instance.State, xml));
        xml.Value("instanceType", "c7gn.medium");
        xml.Value("launchTime", instance.LaunchTime);
        xml.Group("placement", () =>
        {
            xml.Value("availabilityZone", instance.Zone);
            xml.Value("tenancy", "default");
        });
        xml.Group("monitoring", () => xml.Value("state", "disabled"));
        if (Interfaces(model, instance).FirstOrDefault() is { } primary)
        {
            xml.Value("subnetId", primary.SubnetId);
            xml.Value("vpcId", model.Vpc.Id);
            xml.Value("privateIpAddress", primary.PrimaryAddress);
            xml.Value("sourceDestCheck", primary.SourceDestCheck);
        }

        xml.List("networkInterfaceSet", Interfaces(model, instance), item =>
        {
            InterfaceXml.Write(model, item, xml);
            xml.Group("attachment", () => InterfaceXml.WriteAttachment(model, item, xml));
        });
        xml.Tags(instance.Name);
    }

    private static IEnumerable<NetworkInterface> Interfaces(VpcModel model, Instance instance) =>
        instance.InterfaceIds.Select(id => model.Interfaces[id]);
}
