using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Tests.Adapter;

[Parallelizable(ParallelScope.All)]
internal sealed class ErrorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task CreateRoute_OtherTargetStandsThere_SaysRouteAlreadyExists()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        (await ErrorOfAsync(vpc.CreateAsync("rtb-a", "10.1.0.0/16", "eni-0b"))).Kind.Should().Be(VpcApiErrorKind.RouteAlreadyExists);
    }

    [Test]
    public async Task ReplaceRoute_Missing_SaysRouteNotFound()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        (await ErrorOfAsync(vpc.ReplaceAsync("rtb-a", "10.9.0.0/16", "eni-0b"))).Kind.Should().Be(VpcApiErrorKind.RouteNotFound);
    }

    [Test]
    public async Task DeleteRoute_Missing_SaysRouteNotFound()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        (await ErrorOfAsync(vpc.DeleteAsync("rtb-a", "10.9.0.0/16"))).Kind.Should().Be(VpcApiErrorKind.RouteNotFound);
    }

    [Test]
    public async Task CreateRoute_TableFull_SaysRouteLimitExceeded()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        for (var i = 0; i < 12; i++)
            await vpc.CreateAsync("rtb-b", $"10.{i}.0.0/16", "eni-0a");

        (await ErrorOfAsync(vpc.CreateAsync("rtb-b", "10.12.0.0/16", "eni-0a"))).Kind.Should().Be(VpcApiErrorKind.RouteLimitExceeded);
    }

    [TestCase("rtb-ffff", "eni-0a", "InvalidRouteTableID.NotFound")]
    [TestCase("rtb-b", "eni-ffff", "InvalidNetworkInterfaceID.NotFound")]
    public async Task CreateRoute_UnknownTableOrTarget_IsRefusedWithEc2sCode(string table, string target, string code)
    {
        await using var vpc = await AdapterVpc.StartAsync();

        (await ErrorOfAsync(vpc.CreateAsync(table, "10.5.0.0/16", target))).Should().Match<VpcApiException>(e => e.Kind == VpcApiErrorKind.Refused && e.Code == code);
    }

    [Test]
    public async Task GetSnapshot_UnknownVpc_SaysVpcNotFound()
    {
        await using var vpc = await AdapterVpc.StartAsync(vpcId: "vpc-0ffff");

        (await ErrorOfAsync(vpc.LookAsync())).Should().Match<VpcApiException>(e => e.Kind == VpcApiErrorKind.VpcNotFound && e.Message.Contains("vpc-0ffff"));
    }

    [TestCase(503, "RequestLimitExceeded", VpcApiErrorKind.Throttled)]
    [TestCase(403, "UnauthorizedOperation", VpcApiErrorKind.Unauthorized)]
    [TestCase(401, "AuthFailure", VpcApiErrorKind.Unauthorized)]
    [TestCase(400, "RequestExpired", VpcApiErrorKind.Unauthorized)]
    [TestCase(500, "InternalError", VpcApiErrorKind.Unavailable)]
    [TestCase(503, "Unavailable", VpcApiErrorKind.Unavailable)]
    [TestCase(400, "OperationNotPermitted", VpcApiErrorKind.Refused)]
    public async Task GetSnapshot_Refused_KeepsEc2sCodeAndSaysItsKind(int status, string code, VpcApiErrorKind kind)
    {
        await using var endpoint = await CannedEndpoint.StartAsync(status, code);
        using var client = Ec2ClientFactory.Create("eu-west-1", endpoint.Url);

        (await ErrorOfAsync(new Ec2VpcApi(client, "vpc-1").GetSnapshotAsync(CancellationToken.None)))
            .Should().Match<VpcApiException>(e => e.Kind == kind && e.Code == code);
    }

    [TestCase(503, "RequestLimitExceeded")]
    [TestCase(500, "InternalError")]
    public async Task ReplaceRoute_RefusedForNow_IsCalledOnce(int status, string code)
    {
        await using var endpoint = await CannedEndpoint.StartAsync(status, code);
        using var client = Ec2ClientFactory.Create("eu-west-1", endpoint.Url);

        await ErrorOfAsync(new Ec2VpcApi(client, "vpc-1").ReplaceRouteAsync("rtb-1", RouteDestination.Parse("10.1.0.0/16"), RouteTarget.OfInterface("eni-1"), CancellationToken.None));

        endpoint.Calls.Should().Be(1);
    }

    [Test]
    public async Task GetSnapshot_RefusedForNow_IsRepeated()
    {
        await using var endpoint = await CannedEndpoint.StartAsync(500, "InternalError");
        using var client = Ec2ClientFactory.Create("eu-west-1", endpoint.Url);

        await ErrorOfAsync(new Ec2VpcApi(client, "vpc-1").GetSnapshotAsync(CancellationToken.None));

        endpoint.Calls.Should().BeGreaterThan(1);
    }

    [Test]
    public async Task GetSnapshot_NobodyListens_SaysUnavailableAndWhere()
    {
        using var port = new HeldPort();
        using var client = Ec2ClientFactory.Create("eu-west-1", port.Url);

        (await ErrorOfAsync(new Ec2VpcApi(client, "vpc-1").GetSnapshotAsync(CancellationToken.None)))
            .Should().Match<VpcApiException>(e => e.Kind == VpcApiErrorKind.Unavailable && e.Message.Contains(port.Url.Authority));
    }

    [Test]
    public async Task GetSnapshot_CancelledWhileTheCallHangs_SaysSo()
    {
        using var endpoint = new SilentEndpoint();
        using var client = Ec2ClientFactory.Create("eu-west-1", endpoint.Url);
        using var cancel = new CancellationTokenSource();
        var look = new Ec2VpcApi(client, "vpc-1").GetSnapshotAsync(cancel.Token);
        await endpoint.Connected.WaitAsync(Patience);

        await cancel.CancelAsync();

        await look.Awaiting(it => it.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task CreateRoute_CancelledBefore_SaysSo()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.Api.Awaiting(api => api.CreateRouteAsync("rtb-b", RouteDestination.Parse("10.5.0.0/16"), RouteTarget.OfInterface("eni-0a"), new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<VpcApiException> ErrorOfAsync(Task call) =>
        (await call.Awaiting(it => it.WaitAsync(Patience)).Should().ThrowAsync<VpcApiException>()).Which;
}
