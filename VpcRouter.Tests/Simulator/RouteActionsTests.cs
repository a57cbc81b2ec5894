using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class RouteActionsTests : SimulatorFixture
{
    [Test]
    public async Task CreateRoute_New_IsActiveAndCanonical()
    {
        await Ec2.CreateRouteAsync(new CreateRouteRequest
        {
            RouteTableId = "rtb-1",
            DestinationCidrBlock = "100.68.0.18/18",
            NetworkInterfaceId = "eni-1",
        });
        var route = await RouteAsync("rtb-1", r => r.DestinationCidrBlock == "100.68.0.0/18");
        route.State.Should().Be(RouteState.Active);
        route.Origin.Should().Be(RouteOrigin.CreateRoute);
        (route.NetworkInterfaceId, route.InstanceId, route.InstanceOwnerId).Should().Be(("eni-1", "i-1", "123456789012"));
        (route.GatewayId, route.DestinationIpv6CidrBlock, route.DestinationPrefixListId).Should().Be((null!, null!, null!));
    }

    [Test]
    public async Task CreateRoute_Ipv6AndPrefixList_AreInFieldsOfTheirOwn()
    {
        await Ec2.CreateRouteAsync(new CreateRouteRequest { RouteTableId = "rtb-1", DestinationIpv6CidrBlock = "fd01::1/32", EgressOnlyInternetGatewayId = "eigw-1" });
        await Ec2.CreateRouteAsync(new CreateRouteRequest { RouteTableId = "rtb-1", DestinationPrefixListId = "pl-1", NatGatewayId = "nat-1" });
        (await RouteAsync("rtb-1", r => r.DestinationIpv6CidrBlock == "fd01::/32")).EgressOnlyInternetGatewayId.Should().Be("eigw-1");
        (await RouteAsync("rtb-1", r => r.DestinationPrefixListId == "pl-1")).NatGatewayId.Should().Be("nat-1");
    }

    [Test]
    public async Task CreateRoute_SameTargetAgain_Succeeds() =>
        (await Ec2.CreateRouteAsync(Create("rtb-2", "10.1.0.0/16", "eni-1"))).Return.Should().BeTrue();

    [Test]
    public async Task CreateRoute_OtherTarget_IsRouteAlreadyExists() =>
        (await CodeOf(() => Ec2.CreateRouteAsync(Create("rtb-2", "10.1.0.0/16", "eni-2")))).Should().Be("RouteAlreadyExists");

    [Test]
    public async Task CreateRoute_NoDestination_IsMissingParameter() =>
        (await CodeOf(() => Ec2.CreateRouteAsync(Create("rtb-2", null, "eni-2")))).Should().Be("MissingParameter");

    [Test]
    public async Task CreateRoute_NoTarget_IsMissingParameter() =>
        (await CodeOf(() => Ec2.CreateRouteAsync(Create("rtb-2", "10.2.0.0/16", null)))).Should().Be("MissingParameter");

    [Test]
    public async Task CreateRoute_TwoTargets_IsInvalidParameterCombination()
    {
        var request = Create("rtb-2", "10.2.0.0/16", "eni-2");
        request.GatewayId = "igw-1";
        (await CodeOf(() => Ec2.CreateRouteAsync(request))).Should().Be("InvalidParameterCombination");
    }

    [Test]
    public async Task CreateRoute_Ipv6InTheIpv4Field_IsInvalidParameterValue() =>
        (await CodeOf(() => Ec2.CreateRouteAsync(Create("rtb-2", "fd01::/32", "eni-2")))).Should().Be("InvalidParameterValue");

    [Test]
    public async Task ReplaceRoute_Existing_MovesIt()
    {
        await Ec2.ReplaceRouteAsync(new ReplaceRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.1.0.0/16", NetworkInterfaceId = "eni-2" });
        (await RouteAsync("rtb-2", r => r.DestinationCidrBlock == "10.1.0.0/16")).InstanceId.Should().Be("i-2");
    }

    [Test]
    public async Task ReplaceRoute_Missing_IsInvalidParameterValue()
    {
        var request = new ReplaceRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.9.0.0/16", NetworkInterfaceId = "eni-2" };
        var refusal = await FluentActions.Awaiting(() => Ec2.ReplaceRouteAsync(request)).Should().ThrowAsync<AmazonEC2Exception>();
        refusal.Which.ErrorCode.Should().Be("InvalidParameterValue");
        refusal.Which.Message.Should().StartWith("There is no route defined for '10.9.0.0/16'");
    }

    [Test]
    public async Task DeleteRoute_Existing_RemovesIt()
    {
        await Ec2.DeleteRouteAsync(new DeleteRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.1.0.0/16" });
        Host.Vpc.GetState().RouteTables.Single(t => t.Id == "rtb-2").Routes.Should().NotContain(r => r.Destination == "10.1.0.0/16");
    }

    [Test]
    public async Task DeleteRoute_Missing_IsInvalidRouteNotFound() =>
        (await CodeOf(() => Ec2.DeleteRouteAsync(new DeleteRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.9.0.0/16" })))
            .Should().Be("InvalidRoute.NotFound");

    [Test]
    public async Task DryRun_Allowed_IsDryRunOperationAndChangesNothing()
    {
        var request = Create("rtb-2", "10.2.0.0/16", "eni-2");
        request.DryRun = true;
        var refusal = await FluentActions.Awaiting(() => Ec2.CreateRouteAsync(request)).Should().ThrowAsync<AmazonEC2Exception>();
        (refusal.Which.ErrorCode, refusal.Which.StatusCode).Should().Be(("DryRunOperation", HttpStatusCode.PreconditionFailed));
        Host.Vpc.GetState().RouteTables.SelectMany(t => t.Routes).Should().NotContain(r => r.Destination == "10.2.0.0/16");
    }

    [Test]
    public async Task DryRun_UnknownTable_IsNotFound()
    {
        var request = Create("rtb-9", "10.2.0.0/16", "eni-2");
        request.DryRun = true;
        (await CodeOf(() => Ec2.CreateRouteAsync(request))).Should().Be("InvalidRouteTableID.NotFound");
    }

    [Test]
    public async Task Calls_EachCall_IsLoggedAndRaised()
    {
        var raised = new List<string>();
        Host.Vpc.CallAnswered += call => raised.Add(call.Result);
        await Ec2.CreateRouteAsync(Create("rtb-1", "10.2.0.0/16", "eni-2"));
        await CodeOf(() => Ec2.CreateRouteAsync(Create("rtb-1", "10.2.0.0/16", "eni-1")));
        raised.Should().Equal("OK", "RouteAlreadyExists");
        Host.Vpc.GetCalls().Select(c => (c.Sequence, c.Action, c.RouteTableId, c.Destination, c.Target, c.Result)).Should().Equal(
            (1, "CreateRoute", "rtb-1", "10.2.0.0/16", "eni-2", "OK"),
            (2, "CreateRoute", "rtb-1", "10.2.0.0/16", "eni-1", "RouteAlreadyExists"));
    }

    [Test]
    public async Task CreateRoute_ManyAtOnce_LosesNone()
    {
        var destinations = Enumerable.Range(2, 6).Select(i => $"10.{i}.0.0/16").ToList();
        await Task.WhenAll(destinations.Select(d => Ec2.CreateRouteAsync(Create("rtb-1", d, "eni-1"))));
        Host.Vpc.GetState().RouteTables.Single(t => t.Main).Routes.Select(r => r.Destination).Should().Contain(destinations);
    }

    private static CreateRouteRequest Create(string table, string? destination, string? networkInterface) =>
        new() { RouteTableId = table, DestinationCidrBlock = destination, NetworkInterfaceId = networkInterface };

    private async Task<Route> RouteAsync(string table, Func<Route, bool> which) =>
        (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { RouteTableIds = [table] })).RouteTables.Single().Routes.Single(which);
}
