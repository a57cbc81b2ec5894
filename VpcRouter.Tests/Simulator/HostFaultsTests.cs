using Amazon.EC2.Model;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

/// <summary>What befalls hosts by the faults document, at the start or by PUT, as a client sees it.</summary>
public sealed class HostFaultsTests : FaultFixture
{
    [Test]
    public async Task Hosts_Replaced_HaveTheSameAddressOnAnotherInterface()
    {
        Put("""{ "hosts": [{ "address": "127.9.1.10", "afterSeconds": 5, "state": "replaced" }] }""");
        (await InterfaceOfAsync("127.9.1.10")).NetworkInterfaceId.Should().Be("eni-1");
        Time.Advance(TimeSpan.FromSeconds(5));
        (await InterfaceOfAsync("127.9.1.10")).NetworkInterfaceId.Should().NotBe("eni-1");
        Host.Vpc.GetFaults().Struck["$.hosts[0]"].Should().Be(1);
    }

    [Test]
    public async Task Hosts_SecondaryAddress_MovesToAnotherInterface()
    {
        Put("""{ "hosts": [{ "address": "127.9.2.10", "secondaryAddresses": ["127.9.2.99"] }] }""");
        (await InterfaceOfAsync("127.9.2.99")).NetworkInterfaceId.Should().Be("eni-2");
        Put("""{ "hosts": [{ "address": "127.9.2.11", "secondaryAddresses": ["127.9.2.99", "127.9.2.98"] }] }""");
        var own = await InterfaceOfAsync("127.9.2.99");
        own.NetworkInterfaceId.Should().Be("eni-3");
        own.PrivateIpAddresses.Select(address => address.PrivateIpAddress).Should().Equal("127.9.2.11", "127.9.2.99", "127.9.2.98");
        (await InterfaceOfAsync("127.9.2.10")).PrivateIpAddresses.Should().ContainSingle();
    }

    [Test]
    public async Task Hosts_Instance_MovesTheInterface()
    {
        Host.Vpc.SetHostState(System.Net.IPAddress.Parse("127.9.2.11"), HostState.Replaced);
        var heir = Host.Vpc.GetState().Hosts[1].Instance;
        Put("""{ "hosts": [{ "address": "127.9.2.11", "state": "detached" }] }""");
        (await InterfacesOfAsync(heir)).Should().ContainSingle();
        Put($$"""{ "hosts": [{ "address": "127.9.2.11", "instance": "{{heir}}" }] }""");
        (await InterfacesOfAsync(heir)).Should().HaveCount(2);
    }

    [Test]
    public async Task Hosts_StatusThenState_ComeInTheirTime()
    {
        Put("""
            { "hosts": [
              { "address": "127.9.1.10", "afterSeconds": 1, "status": "impaired" },
              { "address": "127.9.1.10", "afterSeconds": 2, "state": "terminated" },
              { "address": "127.9.1.10", "afterSeconds": 3, "state": "alive" }] }
            """);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = ["i-1"] })).InstanceStatuses[0].Status.Status.Value.Should().Be("impaired");
        Time.Advance(TimeSpan.FromSeconds(2));
        Host.Vpc.GetState().Hosts[0].InstanceState.Should().Be("terminated");
        Host.Vpc.GetFaults().Struck.Should().Equal(new Dictionary<string, long> { ["$.hosts[0]"] = 1, ["$.hosts[1]"] = 1, ["$.hosts[2]"] = 0 });
    }

    [Test]
    public void Hosts_OtherFaultsPutMeanwhile_AreSpared()
    {
        Put("""{ "hosts": [{ "address": "127.9.1.10", "afterSeconds": 5, "state": "dead" }] }""");
        Put("{}");
        Time.Advance(TimeSpan.FromSeconds(6));
        Host.Vpc.GetState().Hosts[0].Answering.Should().BeTrue();
    }

    [Test]
    public void Hosts_Unknown_AreRefusedAndChangeNothing()
    {
        Put("""{ "pages": [{ "maxItems": 1 }] }""");
        FluentActions.Invoking(() => Put("""{ "hosts": [{ "address": "127.9.9.9", "state": "dead" }] }""")).Should().Throw<FaultsException>()
            .Which.Errors.Should().ContainSingle().Which.Should().StartWith("$.hosts[0].address: no host has the address 127.9.9.9");
        Host.Vpc.GetFaults().Struck.Should().ContainKey("$.pages[0]");
    }

    [Test]
    public async Task Hosts_InTheOptions_BefallFromTheStart()
    {
        await using var host = await SimulatorHost.StartAsync(new SimulatorOptions
        {
            Topology = TestTopology.Small,
            Faults = SimulatorFaults.Parse("""{ "hosts": [{ "address": "127.9.1.10", "state": "stopped" }] }"""),
        });
        host.Vpc.GetState().Hosts[0].InstanceState.Should().Be("stopped");
    }

    private async Task<Amazon.EC2.Model.NetworkInterface> InterfaceOfAsync(string address) =>
        (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = [new Filter("addresses.private-ip-address", [address])] }))
            .NetworkInterfaces.Single();

    private async Task<List<InstanceNetworkInterface>> InterfacesOfAsync(string instance) =>
        (await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [instance] })).Reservations[0].Instances[0].NetworkInterfaces;
}
