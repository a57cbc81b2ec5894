using System.Net;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.InMemory;

internal sealed class InMemoryVpcTests
{
    private static readonly RouteDestination X = RouteDestination.Parse("10.1.0.0/16");
    private InMemoryVpc _vpc = null!;

    [SetUp]
    public void MakeVpc()
    {
        _vpc = new InMemoryVpc();
        _vpc.AddHost("10.0.1.10", "eni-1");
        _vpc.AddHost("10.0.2.10", "eni-2", zone: "b");
        _vpc.AddRouteTable("rtb-1");
    }

    [Test]
    public async Task Reconcile_RouterFails_MovesTheRoute()
    {
        using var reconciler = new RouteReconciler(_vpc, new RoutePolicy());
        var spec = new RouteSpec([new RouteEntry(X, [IPAddress.Parse("10.0.1.10"), IPAddress.Parse("10.0.2.10")])]);
        await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);
        var router = _vpc.TargetOf("rtb-1", "10.1.0.0/16") == RouteTarget.OfInterface("eni-1") ? "10.0.1.10" : "10.0.2.10";

        var result = await reconciler.ReconcileAsync(spec, new HealthReport([IPAddress.Parse(router)], [], DateTimeOffset.UnixEpoch, "test"), default);

        result.IsComplete.Should().BeTrue();
        _vpc.Done[^1].Should().Be(VpcWrite.Of(VpcAction.Replace, "rtb-1", "10.1.0.0/16", router == "10.0.1.10" ? "eni-2" : "eni-1"));
    }

    [Test]
    public async Task Write_ThatEc2WouldRefuse_IsRefusedWithItsCode()
    {
        await ShouldFailAsync(() => ReplaceAsync("eni-1"), VpcApiErrorKind.RouteNotFound, "InvalidParameterValue");
        await ShouldFailAsync(() => _vpc.DeleteRouteAsync("rtb-1", X, default), VpcApiErrorKind.RouteNotFound, "InvalidRoute.NotFound");
        await ShouldFailAsync(() => CreateAsync("eni-9"), VpcApiErrorKind.Refused, "InvalidNetworkInterfaceID.NotFound");
        await ShouldFailAsync(() => _vpc.DeleteRouteAsync("rtb-9", X, default), VpcApiErrorKind.Refused, "InvalidRouteTableID.NotFound");
        await CreateAsync("eni-1");
        await ShouldFailAsync(() => CreateAsync("eni-2"), VpcApiErrorKind.RouteAlreadyExists, "RouteAlreadyExists");
        await CreateAsync("eni-1");
        _vpc.Begun.Should().HaveCount(7);
        _vpc.Done.Should().HaveCount(2);
    }

    [Test]
    public async Task Look_InstanceStoppedOrTerminated_ShowsABlackhole()
    {
        await CreateAsync("eni-1");
        _vpc.StopInstance("i-1");
        (await StateAsync()).Should().Be(RouteState.Blackhole);
        _vpc.StartInstance("i-1");
        (await StateAsync()).Should().Be(RouteState.Active);

        _vpc.TerminateInstance("i-1");

        (await StateAsync()).Should().Be(RouteState.Blackhole);
        (await _vpc.GetSnapshotAsync(default)).InterfaceOf(IPAddress.Parse("10.0.1.10")).Should().BeNull();
    }

    [Test]
    public async Task Look_FrozenView_ShowsTheOldStateUntilThawed()
    {
        _vpc.FreezeView();
        await CreateAsync("eni-1");
        (await _vpc.GetSnapshotAsync(default)).RouteTables[0].Routes.Should().BeEmpty();

        _vpc.ThawView();

        (await StateAsync()).Should().Be(RouteState.Active);
    }

    [Test]
    public async Task Fail_WriteAndLook_ThrowWhatTheTestWants()
    {
        _vpc.FailWrite = write => write.RouteTableId == "rtb-1" ? InMemoryVpc.Error(VpcApiErrorKind.Throttled) : null;
        _vpc.FailLook = () => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);

        await ShouldFailAsync(() => CreateAsync("eni-1"), VpcApiErrorKind.Throttled, "RequestLimitExceeded");
        await ShouldFailAsync(() => _vpc.GetSnapshotAsync(default), VpcApiErrorKind.Unauthorized, "UnauthorizedOperation");
        _vpc.TargetOf("rtb-1", "10.1.0.0/16").Should().BeNull();
    }

    private static async Task ShouldFailAsync(Func<Task> call, VpcApiErrorKind kind, string code)
    {
        var error = (await call.Should().ThrowAsync<VpcApiException>()).Which;
        (error.Kind, error.Code).Should().Be((kind, code));
    }

    private Task CreateAsync(string networkInterface) => _vpc.CreateRouteAsync("rtb-1", X, RouteTarget.OfInterface(networkInterface), default);

    private Task ReplaceAsync(string networkInterface) => _vpc.ReplaceRouteAsync("rtb-1", X, RouteTarget.OfInterface(networkInterface), default);

    private async Task<RouteState> StateAsync() => (await _vpc.GetSnapshotAsync(default)).RouteTables[0].Routes.Single().State;
}
