using System.Net;
using Amazon.EC2.Model;
using VpcRouter.Simulator.Model;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Tests.Simulator;

public sealed class HostFateTests : FaultFixture
{
    private static readonly IPAddress OneOfTwo = IPAddress.Parse("127.9.2.10");

    [Test]
    public async Task Replaced_Host_HasItsAddressesOnAnotherInterface()
    {
        Host.Vpc.SetHostState(Router, HostState.Replaced);
        var own = (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest
        {
            Filters = [new Filter("addresses.private-ip-address", ["127.9.1.20"])],
        })).NetworkInterfaces.Should().ContainSingle().Subject;
        own.NetworkInterfaceId.Should().NotBe("eni-1");
        own.Attachment.InstanceId.Should().NotBe("i-1");
        own.PrivateIpAddress.Should().Be("127.9.1.10");
        own.Ipv6Addresses.Should().ContainSingle().Which.Ipv6Address.Should().Be("fd00:9:0:1::10");
        Host.Vpc.GetState().Hosts[0].Should().Match<SimulatedHost>(h => h.Interface == own.NetworkInterfaceId && h.Answering);
    }

    [Test]
    public async Task Replaced_RouteToTheOldInterface_IsABlackholeThatNamesIt()
    {
        Host.Vpc.SetHostState(Router, HostState.Replaced);
        var route = await RouteAsync();
        (route.State.Value, route.NetworkInterfaceId).Should().Be(("blackhole", "eni-1"));
        route.InstanceId.Should().BeNull();
        Host.Vpc.GetState().RouteTables.Single(t => t.Id == "rtb-2").Routes[0].Router.Should().Be("127.9.1.10");
    }

    [Test]
    public void Replaced_InstanceWithTwoHosts_MovesBoth()
    {
        Host.Vpc.SetHostState(OneOfTwo, HostState.Replaced);
        var hosts = Host.Vpc.GetState().Hosts.Skip(1).ToList();
        hosts.Should().OnlyContain(h => h.Answering && h.Instance != "i-2");
        hosts.Select(h => h.Instance).Distinct().Should().HaveCount(1);
        hosts.Select(h => h.Interface).Should().OnlyHaveUniqueItems();
    }

    [TestCase(HostState.Terminated)]
    [TestCase(HostState.Detached)]
    [TestCase(HostState.Replaced)]
    public void Replaced_AfterAnything_Answers(HostState before)
    {
        Host.Vpc.SetHostState(Router, before);
        Host.Vpc.SetHostState(Router, HostState.Replaced);
        Host.Vpc.GetState().Hosts[0].Answering.Should().BeTrue();
    }

    [Test]
    public async Task Detached_Interface_IsAvailableAndItsRouteABlackhole()
    {
        Host.Vpc.SetHostState(Router, HostState.Detached);
        var own = (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = ["eni-1"] })).NetworkInterfaces[0];
        own.Status.Value.Should().Be("available");
        own.Attachment.Should().BeNull();
        (await RouteAsync()).State.Value.Should().Be("blackhole");
        Host.Vpc.GetState().Hosts[0].Answering.Should().BeFalse();
        (await Ec2.DescribeInstancesAsync()).Reservations[0].Instances[0].NetworkInterfaces.Should().BeNullOrEmpty();
    }

    [Test]
    public void Detached_InTheTopology_BeginsThatWay()
    {
        var topology = SimulatorTopology.Parse(TestTopology.SmallJson.Replace("\"sourceDestCheck\": true", "\"detached\": true", StringComparison.Ordinal));
        var vpc = new SimulatedVpc(topology.Model, Time, TimeSpan.Zero, callLogCapacity: 1);
        vpc.GetState().Hosts.Select(h => h.Answering).Should().Equal(true, false, true);
    }

    [Test]
    public async Task Detached_ThenAlive_IsAttachedAsBefore()
    {
        Host.Vpc.SetHostState(OneOfTwo, HostState.Detached);
        Host.Vpc.SetHostState(OneOfTwo, HostState.Alive);
        Host.Vpc.GetState().Hosts.Should().OnlyContain(h => h.Answering);
        (await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-2"] })).Reservations[0].Instances[0]
            .NetworkInterfaces.Select(n => n.NetworkInterfaceId).Should().Equal("eni-2", "eni-3");
    }

    [Test]
    public async Task Terminated_AfterAnHour_IsForgotten()
    {
        Host.Vpc.SetHostState(Router, HostState.Terminated);
        Time.Advance(TimeSpan.FromMinutes(59));
        (await Ec2.DescribeInstancesAsync()).Reservations.Should().HaveCount(2);
        Time.Advance(TimeSpan.FromMinutes(1));
        (await Ec2.DescribeInstancesAsync()).Reservations.Should().HaveCount(1);
        (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { IncludeAllInstances = true })).InstanceStatuses.Should().HaveCount(1);
        (await CodeOf(() => Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-1"] }))).Should().Be("InvalidInstanceID.NotFound");
        Host.Vpc.SetHostState(Router, HostState.Replaced);
        Host.Vpc.GetState().Hosts[0].Answering.Should().BeTrue();
    }

    [Test]
    public async Task TerminateInstances_AfterAnHour_IsForgotten()
    {
        await Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = ["i-1"] });
        Time.Advance(TimeSpan.FromHours(1));
        (await Ec2.DescribeInstancesAsync()).Reservations.Should().HaveCount(1);
    }

    [Test]
    public async Task Impaired_Host_FailsBothChecksAndGoesOnAnswering()
    {
        Host.Vpc.SetHostStatus(Router, HostStatus.Impaired);
        var status = await StatusAsync();
        foreach (var check in new[] { status.Status, status.SystemStatus })
        {
            check.Status.Value.Should().Be("impaired");
            check.Details[0].Status.Value.Should().Be("failed");
            check.Details[0].ImpairedSince.Should().Be(Time.GetUtcNow().UtcDateTime);
        }

        Host.Vpc.GetState().Hosts[0].Answering.Should().BeTrue();
    }

    [Test]
    public async Task Retiring_Host_HasAScheduledEvent()
    {
        Host.Vpc.SetHostStatus(Router, HostStatus.Retiring);
        var status = await StatusAsync();
        status.Status.Status.Value.Should().Be("ok");
        var retirement = status.Events.Should().ContainSingle().Subject;
        retirement.Code.Value.Should().Be("instance-retirement");
        retirement.NotBefore.Should().Be(Time.GetUtcNow().UtcDateTime.AddDays(14));
    }

    [Test]
    public async Task Impaired_StoppedAndStarted_IsOkAgain()
    {
        Host.Vpc.SetHostStatus(Router, HostStatus.Impaired);
        Host.Vpc.SetHostState(Router, HostState.Stopped);
        Host.Vpc.SetHostState(Router, HostState.Alive);
        (await StatusAsync()).Status.Status.Value.Should().Be("ok");
    }

    [TestCase("""{}""", "eni-1", null)]
    [TestCase("""{ "blackholes": { "instanceId": true } }""", "eni-1", "i-1")]
    [TestCase("""{ "blackholes": { "instanceId": true, "interfaceId": false } }""", null, "i-1")]
    [TestCase("""{ "blackholes": { "interfaceId": false } }""", null, null)]
    public async Task Blackholes_OfATerminatedInstance_ShowWhatTheyAreTold(string faults, string? networkInterface, string? instance)
    {
        Put(faults);
        Host.Vpc.SetHostState(Router, HostState.Terminated);
        var route = await RouteAsync();
        new[] { route.State.Value, route.NetworkInterfaceId, route.InstanceId }.Should().Equal("blackhole", networkInterface, instance);
    }

    [Test]
    public async Task Blackholes_WithoutInstanceId_LoseItWhenStoppedToo()
    {
        Put("""{ "blackholes": { "instanceId": false } }""");
        (await RouteAsync()).InstanceId.Should().Be("i-1");
        Host.Vpc.SetHostState(Router, HostState.Stopped);
        (await RouteAsync()).InstanceId.Should().BeNull();
    }

    [Test]
    public async Task SharedVpc_Answers_HideTheInstances()
    {
        Put("""{ "sharedVpc": true }""");
        var route = await RouteAsync();
        new[] { route.NetworkInterfaceId, route.InstanceId, route.InstanceOwnerId }.Should().Equal("eni-1", null, null);
        var interfaces = (await Ec2.DescribeNetworkInterfacesAsync()).NetworkInterfaces;
        interfaces.Should().OnlyContain(n => n.Attachment.InstanceId == null && n.Attachment.Status.Value == "attached");
    }

    private async Task<Amazon.EC2.Model.Route> RouteAsync() =>
        (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { RouteTableIds = ["rtb-2"] })).RouteTables[0].Routes
            .Single(r => r.DestinationCidrBlock == "10.1.0.0/16");

    private async Task<InstanceStatus> StatusAsync() =>
        (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = ["i-1"] })).InstanceStatuses.Single();
}
