using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace VpcRouter.Tests.Simulator;

/// <summary>Who calls, and what he may do.</summary>
public sealed class CredentialFaultsTests : FaultFixture
{
    [TestCase("expired", "RequestExpired", HttpStatusCode.BadRequest)]
    [TestCase("expiredToken", "ExpiredToken", HttpStatusCode.BadRequest)]
    [TestCase("invalid", "AuthFailure", HttpStatusCode.Unauthorized)]
    public async Task Credentials_NoGood_FailReadsWritesAndDryRuns(string state, string code, HttpStatusCode status)
    {
        Put($$"""{ "credentials": [{ "state": "{{state}}" }] }""");
        var error = (await FluentActions.Awaiting(() => Ec2.DescribeVpcsAsync()).Should().ThrowAsync<AmazonEC2Exception>()).Which;
        (error.ErrorCode, error.StatusCode).Should().Be((code, status));
        (await CodeOf(() => CreateRouteAsync())).Should().Be(code);
        (await CodeOf(() => DryRunAsync("rtb-2"))).Should().Be(code);
        HasRoute("10.7.0.0/16").Should().BeFalse();
    }

    [Test]
    public async Task Credentials_Expired_ComeBackAfterTheirTimeAndAreCounted()
    {
        Put("""{ "credentials": [{ "state": "expired", "afterSeconds": 10, "forSeconds": 30 }] }""");
        await Ec2.DescribeVpcsAsync();
        Time.Advance(TimeSpan.FromSeconds(10));
        (await CodeOf(() => Ec2.DescribeVpcsAsync())).Should().Be("RequestExpired");
        Time.Advance(TimeSpan.FromSeconds(30));
        await Ec2.DescribeVpcsAsync();
        Host.Vpc.GetFaults().Struck["$.credentials[0]"].Should().Be(1);
    }

    [Test]
    public async Task Credentials_AndAnError_TheCredentialsDecide()
    {
        Put("""{ "errors": [{ "code": "InternalError" }], "denied": [{}], "credentials": [{ "state": "invalid" }] }""");
        (await CodeOf(() => Ec2.DescribeVpcsAsync())).Should().Be("AuthFailure");
    }

    [Test]
    public async Task Denied_OneAction_RefusesItAndItsDryRunOnly()
    {
        Put("""{ "denied": [{ "actions": "CreateRoute" }] }""");
        (await CodeOf(() => CreateRouteAsync())).Should().Be("UnauthorizedOperation");
        (await CodeOf(() => DryRunAsync("rtb-2"))).Should().Be("UnauthorizedOperation");
        HasRoute("10.7.0.0/16").Should().BeFalse();
        (await CodeOf(() => Ec2.DeleteRouteAsync(new DeleteRouteRequest { RouteTableId = "rtb-2", DestinationCidrBlock = "10.1.0.0/16", DryRun = true })))
            .Should().Be("DryRunOperation");
    }

    [Test]
    public async Task Denied_OneTable_SparesTheOthers()
    {
        Put("""{ "denied": [{ "actions": ["CreateRoute", "ReplaceRoute"], "routeTables": ["rtb-1"] }] }""");
        (await CodeOf(() => DryRunAsync("rtb-1"))).Should().Be("UnauthorizedOperation");
        (await CodeOf(() => DryRunAsync("rtb-2"))).Should().Be("DryRunOperation");
        await Ec2.DescribeRouteTablesAsync();
        Host.Vpc.GetFaults().Struck["$.denied[0]"].Should().Be(1);
    }

    [TestCase("CreateRoute")]
    [TestCase("ReplaceRoute")]
    [TestCase("DeleteRoute")]
    public async Task DryRun_EachRouteWrite_ChangesNothing(string action)
    {
        var before = Host.Vpc.GetState().RouteTables;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = action,
            ["DryRun"] = "true",
            ["RouteTableId"] = "rtb-2",
            ["DestinationCidrBlock"] = "10.1.0.0/16",
            ["NetworkInterfaceId"] = "eni-2",
        });
        using var answer = await Http.PostAsync(new Uri("/", UriKind.Relative), form);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<Code>DryRunOperation</Code>");
        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        Host.Vpc.GetState().RouteTables.Should().BeEquivalentTo(before);
    }

    private Task<CreateRouteResponse> DryRunAsync(string table) => Ec2.CreateRouteAsync(new CreateRouteRequest
    {
        RouteTableId = table,
        DestinationCidrBlock = "10.7.0.0/16",
        NetworkInterfaceId = "eni-1",
        DryRun = true,
    });
}
