using VpcRouter.RouteSpecs;
using VpcRouter.Simulator.Model;
using VpcRouter.Vpc;
using NetworkInterface = VpcRouter.Vpc.NetworkInterface;
using Route = VpcRouter.Vpc.Route;
using RouteTable = VpcRouter.Vpc.RouteTable;
using RouteTarget = VpcRouter.Vpc.RouteTarget;

namespace VpcRouter.Tests.Adapter;

[Parallelizable(ParallelScope.All)]
internal sealed class SnapshotTests
{
    private VpcSnapshot _snapshot = null!;

    [OneTimeSetUp]
    public async Task LookOnce()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        _snapshot = await vpc.LookAsync();
    }

    [Test]
    public void GetSnapshot_Always_NamesTheVpc() => _snapshot.VpcId.Should().Be("vpc-0adab7e4");

    [Test]
    public void GetSnapshot_SubnetWithoutAssociation_BelongsToTheMainTable() =>
        Table("rtb-main").Should().Match<RouteTable>(table => table.IsMain && !table.IsEdge).And.Subject.As<RouteTable>().SubnetIds.Should().Equal("subnet-c");

    [Test]
    public void GetSnapshot_AssociatedSubnet_BelongsToItsTableOnly() => Table("rtb-a").SubnetIds.Should().Equal("subnet-a");

    [Test]
    public void GetSnapshot_TableWithSubnets_HasTheirZones() => Table("rtb-b").Zones.Should().Equal("eu-west-1b");

    [Test]
    public void GetSnapshot_TableWithSubnets_HasTheirCidrs() =>
        Table("rtb-a").SubnetCidrs.Select(cidr => cidr.ToString()).Should().Equal("127.0.1.0/24", "fd00:7f00:0:1::/64");

    [Test]
    public void GetSnapshot_TableWithNameTag_HasTheName() => Table("rtb-a").Name.Should().Be("zone-a");

    [Test]
    public void GetSnapshot_TableWithoutNameTag_HasNoName() => Table("rtb-b").Name.Should().BeNull();

    [Test]
    public void GetSnapshot_TableOfAGateway_IsEdge() => Table("rtb-edge").IsEdge.Should().BeTrue();

    [TestCase("127.0.0.0/16", RouteTargetKind.Local, "local", false)]
    [TestCase("fd00:7f00::/56", RouteTargetKind.Local, "local", false)]
    [TestCase("0.0.0.0/0", RouteTargetKind.InternetGateway, "igw-0a1b2c3d", true)]
    [TestCase("::/0", RouteTargetKind.Other, "eigw-0a1b2c3d", true)]
    [TestCase("10.1.0.0/16", RouteTargetKind.NetworkInterface, "eni-0a", true)]
    [TestCase("2001:db8::/32", RouteTargetKind.NetworkInterface, "eni-0a", true)]
    [TestCase("pl-0d1c2b3a", RouteTargetKind.NetworkInterface, "eni-0b", true)]
    [TestCase("172.30.0.0/16", RouteTargetKind.VpnGateway, "vgw-0a1b2c3d", false)]
    [TestCase("172.31.0.0/16", RouteTargetKind.PeeringConnection, "pcx-0a1b2c3d", true)]
    public void GetSnapshot_Route_HasTargetAndOrigin(string destination, RouteTargetKind kind, string target, bool isCreated) =>
        RouteOf(destination).Should().Match<Route>(route => route.Target == new RouteTarget(kind, target) && route.IsCreated == isCreated && route.State == RouteState.Active);

    [Test]
    public void GetSnapshot_RouteToAnInterface_NamesTheInstance() => RouteOf("10.1.0.0/16").InstanceId.Should().Be("i-0a");

    [Test]
    public void GetSnapshot_InterfaceWithIPv6_HasBothAddresses() =>
        Interface("eni-0a").Addresses.Should().Equal(AdapterVpc.Address("127.0.1.10"), AdapterVpc.Address("fd00:7f00:0:1::10"));

    [Test]
    public void GetSnapshot_InterfaceWithSecondaryAddress_ListsThePrimaryFirst() =>
        Interface("eni-0b").Addresses.Should().Equal(AdapterVpc.Address("127.0.2.10"), AdapterVpc.Address("127.0.2.11"));

    [TestCase("127.0.2.11", "eni-0b")]
    [TestCase("127.0.2.20", "eni-0c")]
    [TestCase("fd00:7f00:0:1::10", "eni-0a")]
    public void InterfaceOf_AnyAddress_FindsTheInterface(string address, string expected) =>
        _snapshot.InterfaceOf(AdapterVpc.Address(address))!.Id.Should().Be(expected);

    [TestCase("eni-0a", false)]
    [TestCase("eni-0b", true)]
    public void GetSnapshot_Interface_SaysWhetherItChecksSourceAndDestination(string id, bool expected) => Interface(id).SourceDestCheck.Should().Be(expected);

    [Test]
    public void GetSnapshot_AttachedInterface_NamesInstanceSubnetAndZone() =>
        Interface("eni-0c").Should().Match<NetworkInterface>(item => item.IsAttached && item.InstanceId == "i-0b" && item.SubnetId == "subnet-b" && item.Zone == "eu-west-1b");

    [TestCase(HostState.Stopped)]
    [TestCase(HostState.Terminated)]
    public async Task GetSnapshot_RouterStoppedOrGone_ShowsABlackhole(HostState state)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostState(AdapterVpc.Address("127.0.1.10"), state);

        (await vpc.RouteAsync("rtb-a", "10.1.0.0/16"))!.State.Should().Be(RouteState.Blackhole);
    }

    [Test]
    public async Task GetSnapshot_TerminatedRouter_LosesItsInterface()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostState(AdapterVpc.Address("127.0.1.10"), HostState.Terminated);

        (await vpc.LookAsync()).InterfaceById("eni-0a").Should().BeNull();
    }

    private RouteTable Table(string id) => _snapshot.RouteTables.Single(table => table.Id == id);

    private NetworkInterface Interface(string id) => _snapshot.InterfaceById(id)!;

    private Route RouteOf(string destination) => Table("rtb-a").Routes.Single(route => route.Destination == RouteDestination.Parse(destination));
}
