using Amazon.EC2.Model;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class StaleReadTests : FaultFixture
{
    [Test]
    public async Task StaleReads_Age_ShowsTheVpcAsItWas()
    {
        Put("""{ "staleReads": [{ "actions": "DescribeRouteTables", "seconds": 5 }] }""");
        await CreateRouteAsync();
        (await SeesRouteAsync()).Should().BeFalse();
        Time.Advance(TimeSpan.FromSeconds(4.9));
        (await SeesRouteAsync()).Should().BeFalse();
        Time.Advance(TimeSpan.FromSeconds(0.1));
        (await SeesRouteAsync()).Should().BeTrue();
    }

    [Test]
    public async Task StaleReads_PutAfterTheChange_StillShowWhatWasBefore()
    {
        Time.Advance(TimeSpan.FromSeconds(60));
        await CreateRouteAsync();
        Put("""{ "staleReads": [{ "seconds": 5 }] }""");
        (await SeesRouteAsync()).Should().BeFalse();
    }

    [Test]
    public async Task StaleReads_OneAction_LeavesTheOthersFresh()
    {
        Put("""{ "staleReads": [{ "actions": "DescribeNetworkInterfaces", "seconds": 5 }] }""");
        Host.Vpc.SetHostState(Router, HostState.Terminated);
        (await Ec2.DescribeNetworkInterfacesAsync()).NetworkInterfaces.Should().HaveCount(3);
        var instances = await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-1"] });
        instances.Reservations[0].Instances[0].State.Name.Value.Should().Be("terminated");
    }

    [Test]
    public async Task StaleReads_Writes_GoToTheVpcAsItIs()
    {
        Put("""{ "staleReads": [{ "seconds": 5 }] }""");
        await CreateRouteAsync();
        (await CodeOf(() => Ec2.CreateRouteAsync(new CreateRouteRequest
        {
            RouteTableId = "rtb-2",
            DestinationCidrBlock = "10.7.0.0/16",
            NetworkInterfaceId = "eni-2",
        }))).Should().Be("RouteAlreadyExists");
        Host.Vpc.GetFaults().Struck["$.staleReads[0]"].Should().Be(0);
    }

    [Test]
    public async Task StaleReads_Frozen_ThawAfterTheirTime()
    {
        Put("""{ "staleReads": [{ "frozen": true, "afterSeconds": 10, "forSeconds": 1200 }] }""");
        Time.Advance(TimeSpan.FromSeconds(9));
        await CreateRouteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await Ec2.DeleteRouteAsync(new DeleteRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.7.0.0/16" });
        (await SeesRouteAsync()).Should().BeFalse("the deletion came in the very moment");
        Time.Advance(TimeSpan.FromSeconds(1));
        await CreateRouteAsync();
        Time.Advance(TimeSpan.FromSeconds(1198));
        Host.Vpc.SetHostState(Router, HostState.Dead);
        (await SeesRouteAsync()).Should().BeFalse("the history is shorter, but what was seen stays frozen");
        Time.Advance(TimeSpan.FromSeconds(1));
        (await SeesRouteAsync()).Should().BeTrue();
    }

    private async Task<bool> SeesRouteAsync() =>
        (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { RouteTableIds = ["rtb-2"] })).RouteTables[0].Routes
            .Any(r => r.DestinationCidrBlock == "10.7.0.0/16");
}
