using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation.Writing;

[CancelAfter(30_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RouteWriterTests
{
    private static readonly WriteLimits Never = new() { Burst = 3, PerSecond = 0.001 };
    private readonly FakeTimeProvider _time = new(TestVpc.Start);

    [Test]
    public async Task WriteAsync_MoreChangesThanTheBurst_BeginsTheBurstOnly()
    {
        var api = Api();
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), Never, time: _time);
        using var superseded = new CancellationTokenSource();

        var applying = ApplyAsync(reconciler, Spec(10), superseded.Token);
        await Eventually.BeTrueAsync(() => api.Done.Count == 3);
        await superseded.CancelAsync();
        await applying;

        api.Begun.Should().HaveCount(3);
    }

    [Test]
    public async Task WriteAsync_GivenLimiters_GoesByThem()
    {
        var api = Api();
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 3, PerSecond = 1 }, NullLogger<RouteReconciler>.Instance, _time, new FakeTimeLimiters(_time));

        var applying = ApplyAsync(reconciler, Spec(10), default);
        await Eventually.BeTrueAsync(() => applying.IsCompleted, _time, TimeSpan.FromSeconds(0.5));

        (_time.GetUtcNow() - TestVpc.Start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
    }

    [Test]
    public async Task WriteAsync_LimitsFasterThanAMillisecond_GoesOnAfterTheBurst()
    {
        var api = Api();
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 3, PerSecond = 100_000 }, time: _time);

        await ApplyAsync(reconciler, Spec(10), default);

        api.Done.Should().HaveCount(10);
    }

    [Test]
    public async Task WriteAsync_MoreChangesThanSlots_WaitsForASlot()
    {
        var gate = new TaskCompletionSource();
        var api = Api();
        api.HoldWrite = _ => gate.Task;
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Concurrency = 2 }, time: _time);

        var applying = ApplyAsync(reconciler, Spec(5), default);
        await Eventually.BeTrueAsync(() => api.Begun.Count == 2);
        gate.SetResult();
        await applying;

        api.Done.Should().HaveCount(5);
    }

    [Test]
    public async Task WriteAsync_Superseded_FinishesWhatIsBegunAndDropsTheRest()
    {
        var gate = new TaskCompletionSource();
        var api = Api();
        api.HoldWrite = _ => gate.Task;
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Concurrency = 2 }, time: _time);
        using var superseded = new CancellationTokenSource();

        var applying = ApplyAsync(reconciler, Spec(5), superseded.Token);
        await Eventually.BeTrueAsync(() => api.Begun.Count == 2);
        await superseded.CancelAsync();
        gate.SetResult();

        (await applying).Outcomes.Should().HaveCount(2);
    }

    [Test]
    public async Task WriteAsync_SameChangeUnderWay_IsNotWrittenTwice()
    {
        var gate = new TaskCompletionSource();
        var api = Api();
        api.HoldWrite = _ => gate.Task;
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), time: _time);
        var plan = await reconciler.PlanAsync(Spec(1), HealthReport.AllHealthy, default);

        var both = Task.WhenAll(reconciler.ApplyAsync(plan, default), reconciler.ApplyAsync(plan, default));
        gate.SetResult();
        await both;

        api.Begun.Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_SameChangesUnderWay_SpendsNoTokensOnThem()
    {
        var gate = new TaskCompletionSource();
        var api = Api();
        api.HoldWrite = write => write.Destination.ToString() == "10.0.0.0/24" ? gate.Task : Task.CompletedTask;
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), Never, time: _time);
        using var superseded = new CancellationTokenSource();
        var first = await reconciler.PlanAsync(Spec(1), HealthReport.AllHealthy, default);
        var second = await reconciler.PlanAsync(Spec(3), HealthReport.AllHealthy, default);

        var both = Task.WhenAll(reconciler.ApplyAsync(first, default), reconciler.ApplyAsync(second, superseded.Token));
        await Eventually.BeTrueAsync(() => api.Begun.Count == 3);
        gate.SetResult();
        await both;

        api.Done.Should().HaveCount(3);
    }

    [Test]
    public async Task WriteAsync_SupersededWhileWaitingForAnOlderWriteToTheRoute_DoesNotBegin()
    {
        var gate = new TaskCompletionSource();
        var api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot(), _time) { HoldWrite = _ => gate.Task };
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), time: _time);
        using var superseded = new CancellationTokenSource();
        var first = reconciler.ApplyAsync(await reconciler.PlanAsync(TestSpec.Of("10.0.0.0/24", 1), HealthReport.AllHealthy, default), default);
        var second = reconciler.ApplyAsync(await reconciler.PlanAsync(TestSpec.Of("10.0.0.0/24", 2), HealthReport.AllHealthy, default), superseded.Token);

        await superseded.CancelAsync();
        gate.SetResult();
        await Task.WhenAll(first, second);

        api.Begun.Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_CreateInsteadOfReplaceWithoutToken_IsDroppedWhenSuperseded()
    {
        var hosts = TestVpc.WithHosts(2);
        var api = new InMemoryVpc(hosts.WithTable("rtb-1", [.. Enumerable.Range(0, 2).Select(i => TestVpc.Via($"10.0.{i}.0/24", "eni-2"))]).Snapshot(), _time);
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 2, PerSecond = 0.001 }, time: _time);
        using var superseded = new CancellationTokenSource();
        var plan = await reconciler.PlanAsync(Spec(4), HealthReport.AllHealthy, default);
        api.Become(hosts.WithTable("rtb-1").Snapshot());

        var applying = reconciler.ApplyAsync(plan with { Changes = [.. plan.Changes.OrderBy(change => change.Kind)] }, superseded.Token);
        await Eventually.BeTrueAsync(() => api.Done.Count == 2);
        await superseded.CancelAsync();
        await applying;

        api.Done.Should().HaveCount(2);
    }

    [Test]
    public async Task WriteAsync_FailedJustNow_IsHeldBack()
    {
        var api = Api();
        api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unavailable);
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), time: _time);
        await ApplyAsync(reconciler, Spec(1), default);

        await ApplyAsync(reconciler, Spec(1), default);

        api.Begun.Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_FailedASecondAgo_IsTriedAgain()
    {
        var api = Api();
        api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unavailable);
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), time: _time);
        await ApplyAsync(reconciler, Spec(1), default);
        _time.Advance(TimeSpan.FromSeconds(1));

        await ApplyAsync(reconciler, Spec(1), default);

        api.Begun.Should().HaveCount(2);
    }

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(6, 32)]
    [TestCase(7, 60)]
    [TestCase(1000, 60)]
    public void DelayAfter_FailuresInARow_DoublesUpToAMinute(int failures, int seconds) =>
        WriteBackoff.DelayAfter(failures, VpcApiErrorKind.Unavailable).Should().Be(TimeSpan.FromSeconds(seconds));

    [Test]
    public void DelayAfter_TableFull_IsFiveMinutesAtOnce() =>
        WriteBackoff.DelayAfter(1, VpcApiErrorKind.RouteLimitExceeded).Should().Be(TimeSpan.FromMinutes(5));

    private static RouteSpec Spec(int routes) => TestSpec.Of([.. Enumerable.Range(0, routes).Select(i => TestSpec.Entry($"10.0.{i}.0/24", 1))]);

    private static async Task<ReconcileResult> ApplyAsync(RouteReconciler reconciler, RouteSpec spec, CancellationToken superseded) =>
        await reconciler.ApplyAsync(await reconciler.PlanAsync(spec, HealthReport.AllHealthy, default), superseded);

    private InMemoryVpc Api() => new(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
}
