using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation.Ownership;

/// <summary>What a router that was killed knows of its default routes when it is started again.</summary>
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OwnershipTests : IDisposable
{
    private const string Default = "0.0.0.0/0";
    private static readonly RouteSpec WithDefault = TestSpec.Of(TestSpec.Entry(Default, 1), TestSpec.Entry("10.1.0.0/16", 1));
    private static readonly RouteSpec WithoutDefault = TestSpec.Of("10.1.0.0/16", 1);
    private readonly FakeTimeProvider _time = new(TestVpc.Start);
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger<OwnedRouteFile> _log = new();
    private readonly InMemoryVpc _api;
    private IReadOnlyList<OwnedRoute> _inJournal = [];

    public OwnershipTests() => _api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot(), _time);

    private string StateFile => _folder[OwnedRouteFile.NameOf("vpc-1")];

    [Test]
    public async Task Restart_DefaultRouteWrittenBefore_IsDeletedWhenTheSpecDropsIt()
    {
        await RunAsync(WithDefault);

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().BeNull();
    }

    [Test]
    public async Task Restart_DefaultRouteOfSomebodyElse_IsLeftAlone()
    {
        _api.Become(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(Default, "eni-1")).Snapshot());
        await RunAsync(WithDefault);

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().Be(RouteTarget.OfInterface("eni-1"));
    }

    [Test]
    public async Task Restart_SomebodyElsePointedItElsewhereMeanwhile_IsLeftAlone()
    {
        await RunAsync(WithDefault);
        _api.Become(TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(Default, "eni-3"), TestVpc.Via("10.1.0.0/16", "eni-1")).Snapshot());

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().Be(RouteTarget.OfInterface("eni-3"));
    }

    [Test]
    public async Task Killed_AfterEc2CarriedTheWriteOutAndBeforeItsAnswer_KnowsTheRoute()
    {
        using var killed = Router();
        var isHeld = false;
        _api.HoldAnswer = write => HoldDefault(write, ref isHeld);
        _ = killed.ReconcileAsync(WithDefault, HealthReport.AllHealthy, default);
        await Eventually.BeTrueAsync(() => Volatile.Read(ref isHeld));
        _api.HoldAnswer = _ => Task.CompletedTask;

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().BeNull();
    }

    [Test]
    public async Task Killed_BeforeTheWriteReachedEc2_ClaimsNoRouteOfSomebodyElse()
    {
        using var killed = Router();
        var isHeld = false;
        _api.HoldWrite = write => HoldDefault(write, ref isHeld);
        _ = killed.ReconcileAsync(WithDefault, HealthReport.AllHealthy, default);
        await Eventually.BeTrueAsync(() => Volatile.Read(ref isHeld));
        File.Exists(StateFile).Should().BeTrue();
        _api.HoldWrite = _ => Task.CompletedTask;
        _api.Become(TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(Default, "eni-3")).Snapshot());

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().Be(RouteTarget.OfInterface("eni-3"));
    }

    [Test]
    public async Task Write_BeforeItBegins_IsClaimedOnDisk()
    {
        var onDisk = "";
        _api.HoldWrite = write =>
        {
            if (write.Destination.ToString() == Default)
                onDisk = File.ReadAllText(StateFile);
            return Task.CompletedTask;
        };

        await RunAsync(WithDefault);

        onDisk.Should().Contain("eni-1");
    }

    [Test]
    public async Task Write_Refused_GivesTheClaimUp()
    {
        _api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);

        await RunAsync(WithDefault);

        (await File.ReadAllTextAsync(StateFile)).Should().NotContain("eni-1");
    }

    [Test]
    public async Task Look_ClaimNotBorneOutForAMinute_ForgetsIt()
    {
        await RunAsync(WithDefault);
        _api.Become(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot());
        using var router = Router();
        await router.LookAsync(default);
        _time.Advance(OwnedRoutes.Memory);

        await router.LookAsync(default);

        await Eventually.BeTrueAsync(() => !File.ReadAllText(StateFile).Contains("eni-1"));
    }

    [TestCase("")]
    [TestCase("{\"vpc\":\"vpc-1\",\"routes\":[{\"tab")]
    [TestCase("{\"vpc\":\"vpc-2\",\"routes\":[]}")]
    [TestCase("{\"vpc\":\"vpc-1\",\"routes\":[{\"table\":\"rtb-1\"}]}")]
    [TestCase("{\"vpc\":\"vpc-1\",\"routes\":[{\"table\":\"rtb-1\",\"destination\":\"nonsense\",\"kind\":\"NetworkInterface\",\"target\":\"eni-1\"}]}")]
    [TestCase("[]")]
    [TestCase("null")]
    public async Task Restart_FileCorrupt_BelievesNothingAndSaysSo(string content)
    {
        await RunAsync(WithDefault);
        await File.WriteAllTextAsync(StateFile, content);

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().NotBeNull();
        _log.Lines.Should().ContainSingle().Which.Should().Contain("owned-routes.vpc-1.json can't be used");
    }

    [Test]
    public async Task Restart_StateFolderLost_TheJournalKnows()
    {
        await RunAsync(WithDefault);
        File.Delete(StateFile);
        _inJournal = [new OwnedRoute("rtb-1", RouteDestination.Parse(Default), RouteTarget.OfInterface("eni-1"))];

        await RunAsync(WithoutDefault);

        _api.TargetOf("rtb-1", Default).Should().BeNull();
    }

    [Test]
    public async Task Write_StateFolderCantBeWritten_GoesOnAllTheSame()
    {
        _folder.Write("file", "");
        using var router = Router(_folder["file/below"]);

        await router.ReconcileAsync(WithDefault, HealthReport.AllHealthy, default);

        _api.TargetOf("rtb-1", Default).Should().Be(RouteTarget.OfInterface("eni-1"));
    }

    public void Dispose() => _folder.Dispose();

    // Holds the default route's write for good, and tells when it does: what comes after may no longer be of the killed router.
    private static Task HoldDefault(VpcWrite write, ref bool isHeld)
    {
        if (write.Destination.ToString() != Default)
            return Task.CompletedTask;
        Volatile.Write(ref isHeld, true);
        return new TaskCompletionSource().Task;
    }

    private async Task RunAsync(RouteSpec spec)
    {
        using var router = Router();
        await router.ReconcileAsync(spec, HealthReport.AllHealthy, default);
    }

    private RouteReconciler Router(string? folder = null)
    {
        var store = new OwnedRouteFile(new StateFolder(folder ?? _folder["."]), _ => _inJournal, _log);
        return new RouteReconciler(_api, new RoutePolicy(), new WriteLimits(), NullLogger<RouteReconciler>.Instance, _time, new FakeTimeLimiters(_time), store);
    }
}
