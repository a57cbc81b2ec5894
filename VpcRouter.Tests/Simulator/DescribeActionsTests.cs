using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using HostState = VpcRouter.Simulator.Model.HostState;

namespace VpcRouter.Tests.Simulator;

public sealed class DescribeActionsTests : SimulatorFixture
{
    [Test]
    public async Task DescribeVpcs_All_ShowsBothFamilies()
    {
        var vpc = (await Ec2.DescribeVpcsAsync(new DescribeVpcsRequest())).Vpcs.Single();
        (vpc.VpcId, vpc.CidrBlock, vpc.OwnerId).Should().Be(("vpc-1", "127.9.0.0/16", "123456789012"));
        vpc.Ipv6CidrBlockAssociationSet.Single().Ipv6CidrBlock.Should().Be("fd00:9::/56");
        vpc.Tags.Single().Value.Should().Be("small");
    }

    [Test]
    public async Task DescribeSubnets_All_ShowsZoneAndFreeAddresses()
    {
        var subnets = (await Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets;
        subnets.Select(s => (s.SubnetId, s.AvailabilityZone, s.CidrBlock, s.AvailableIpAddressCount))
            .Should().Equal(("subnet-1", "us-east-1a", "127.9.1.0/24", 249), ("subnet-2", "us-east-1b", "127.9.2.0/24", 249));
        subnets[1].Tags.Should().BeNull();
    }

    [Test]
    public async Task DescribeAvailabilityZones_All_ShowsThem()
    {
        var zones = (await Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones;
        zones.Select(z => (z.ZoneName, z.RegionName, z.State.Value))
            .Should().Equal(("us-east-1a", "us-east-1", "available"), ("us-east-1b", "us-east-1", "available"));
    }

    [Test]
    public async Task DescribeRouteTables_All_ShowsAssociations()
    {
        var tables = (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest())).RouteTables;
        tables.Select(t => (t.RouteTableId, t.Associations.Single().Main, t.Associations.Single().SubnetId, t.Associations.Single().GatewayId))
            .Should().Equal(("rtb-1", true, null!, null!), ("rtb-2", false, "subnet-2", null!), ("rtb-3", false, null!, "igw-1"));
        tables[1].PropagatingVgws.Single().GatewayId.Should().Be("vgw-1");
        tables[2].Routes.Select(r => (r.GatewayId, r.Origin.Value)).Should().AllBeEquivalentTo(("local", "CreateRouteTable"));
    }

    [Test]
    public async Task DescribeRouteTables_RouterTerminated_KeepsTheInterfaceOnly()
    {
        Host.Vpc.SetHostState(IPAddress.Parse("127.9.1.10"), HostState.Terminated);
        var route = (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { RouteTableIds = ["rtb-2"] }))
            .RouteTables.Single().Routes.Single(r => r.DestinationCidrBlock == "10.1.0.0/16");
        (route.State, route.NetworkInterfaceId, route.InstanceId).Should().Be((RouteState.Blackhole, "eni-1", null!));
    }

    [Test]
    public async Task DescribeNetworkInterfaces_All_ShowsAddressesAndAttachment()
    {
        var interfaces = (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest())).NetworkInterfaces;
        interfaces[0].PrivateIpAddresses.Select(a => (a.PrivateIpAddress, a.Primary)).Should().Equal(("127.9.1.10", true), ("127.9.1.20", false));
        interfaces[0].Ipv6Addresses.Single().Ipv6Address.Should().Be("fd00:9:0:1::10");
        interfaces.Select(i => (i.NetworkInterfaceId, i.Attachment.InstanceId, i.Attachment.DeviceIndex, i.SourceDestCheck, i.AvailabilityZone)).Should().Equal(
            ("eni-1", "i-1", 0, false, "us-east-1a"), ("eni-2", "i-2", 0, true, "us-east-1b"), ("eni-3", "i-2", 1, false, "us-east-1b"));
    }

    [Test]
    public async Task DescribeInstances_All_ShowsInterfacesAndName()
    {
        var instances = (await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations.SelectMany(r => r.Instances).ToList();
        instances.Select(i => (i.InstanceId, i.PrivateIpAddress, i.State.Name, i.Tags.Single().Value)).Should().Equal(
            ("i-1", "127.9.1.10", InstanceStateName.Running, "r1"), ("i-2", "127.9.2.10", InstanceStateName.Running, "r2"));
        instances[1].NetworkInterfaces.Select(n => n.NetworkInterfaceId).Should().Equal("eni-2", "eni-3");
    }

    [Test]
    public async Task DescribeInstances_Terminated_StaysVisibleWithoutInterfaces()
    {
        await Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = ["i-1"] });
        var instance = (await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-1"] })).Reservations.Single().Instances.Single();
        (instance.State.Name, instance.VpcId).Should().Be((InstanceStateName.Terminated, null!));
        instance.NetworkInterfaces.Should().BeNull();
        (await CodeOf(() => Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = ["eni-1"] })))
            .Should().Be("InvalidNetworkInterfaceID.NotFound");
    }

    [Test]
    public async Task DescribeInstanceStatus_OneStopped_IsShownOnDemandOnly()
    {
        Host.Vpc.SetHostState(IPAddress.Parse("127.9.1.10"), HostState.Stopped);
        Host.Vpc.SetHostState(IPAddress.Parse("127.9.2.10"), HostState.Dead);
        var running = (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest())).InstanceStatuses.Single();
        (running.InstanceId, running.Status.Status, running.SystemStatus.Status).Should().Be(("i-2", SummaryStatus.Ok, SummaryStatus.Ok));
        var all = (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { IncludeAllInstances = true })).InstanceStatuses;
        all.Select(s => (s.InstanceState.Name.Value, s.Status.Status.Value)).Should().Equal(("stopped", "not-applicable"), ("running", "ok"));
    }

    [Test]
    public async Task DescribeManagedPrefixLists_All_ShowsMaxEntries()
    {
        var list = (await Ec2.DescribeManagedPrefixListsAsync(new DescribeManagedPrefixListsRequest())).PrefixLists.Single();
        (list.PrefixListId, list.PrefixListName, list.MaxEntries, list.AddressFamily).Should().Be(("pl-1", "offices", 7, "IPv4"));
        (await Ec2.GetManagedPrefixListEntriesAsync(new GetManagedPrefixListEntriesRequest { PrefixListId = "pl-1" }))
            .Entries.Single().Cidr.Should().Be("10.90.0.0/16");
    }

    [Test]
    public async Task ModifyNetworkInterfaceAttribute_SourceDestCheck_Changes()
    {
        await Ec2.ModifyNetworkInterfaceAttributeAsync(new ModifyNetworkInterfaceAttributeRequest { NetworkInterfaceId = "eni-2", SourceDestCheck = false });
        (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = ["eni-2"] }))
            .NetworkInterfaces.Single().SourceDestCheck.Should().BeFalse();
    }

    [Test]
    public async Task StopAndStartInstances_Running_ReportsBothStates()
    {
        var stopped = (await Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = ["i-1"] })).StoppingInstances.Single();
        (stopped.PreviousState.Name.Value, stopped.CurrentState.Name.Value).Should().Be(("running", "stopping"));
        var started = (await Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = ["i-1"] })).StartingInstances.Single();
        (started.PreviousState.Name.Value, started.CurrentState.Name.Value).Should().Be(("stopped", "pending"));
    }

    [Test]
    public async Task Describe_UnknownIds_AreNotFound()
    {
        (await CodeOf(() => Ec2.DescribeVpcsAsync(new DescribeVpcsRequest { VpcIds = ["vpc-9"] }))).Should().Be("InvalidVpcID.NotFound");
        (await CodeOf(() => Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = ["subnet-9"] }))).Should().Be("InvalidSubnetID.NotFound");
        (await CodeOf(() => Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-9"] }))).Should().Be("InvalidInstanceID.NotFound");
        (await CodeOf(() => Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = ["i-9"] }))).Should().Be("InvalidInstanceID.NotFound");
    }

    [Test]
    public async Task Describe_OtherAction_IsInvalidAction() =>
        (await CodeOf(() => Ec2.DescribeVolumesAsync(new DescribeVolumesRequest()))).Should().Be("InvalidAction");

    [Test]
    public async Task Describe_DryRun_IsDryRunOperation() =>
        (await CodeOf(() => Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { DryRun = true }))).Should().Be("DryRunOperation");

    [Test]
    public async Task Get_ActionInTheQuery_IsAnsweredLikeAForm() =>
        (await Http.GetStringAsync(new Uri("/?Action=DescribeVpcs&Version=2016-11-15", UriKind.Relative)))
            .Should().Contain("<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>");

    [Test]
    public async Task Get_CharacterThatXmlForbids_IsQuotedInTheRefusal()
    {
        using var answer = await Http.GetAsync(new Uri("/?Action=%01", UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<Code>InvalidAction</Code>");
    }

    [Test]
    public async Task Get_NoAction_IsMissingActionInEc2sShape()
    {
        using var answer = await Http.GetAsync(new Uri("/", UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should()
            .Contain("<Response><Errors><Error><Code>MissingAction</Code><Message>").And.Contain("<RequestID>");
    }
}
