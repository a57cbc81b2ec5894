using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Reconciliation.Writing.WritingRig;

namespace VpcRouter.Tests.Reconciliation.Writing;

[CancelAfter(60_000)]
public sealed class WriteReportTests
{
    [Test]
    public async Task WriteAsync_SmallPlan_TellsEachChange()
    {
        using var rig = new WritingRig();

        await rig.FinishAsync(Failovers(10));

        rig.Log.Lines.Should().HaveCount(10).And.OnlyContain(line => line.StartsWith("Done: fail over"));
    }

    [Test]
    public async Task WriteAsync_BigPlan_TellsItsBeginningAndItsEnd()
    {
        using var rig = new WritingRig();

        await rig.FinishAsync(Failovers(500));

        rig.Log.Lines.Should().HaveCount(2);
        rig.Log.Lines.Should().ContainMatch("Carrying out 500 changes (500 failovers, *").And.ContainMatch("500 changes done in *, 0 refused");
    }

    [Test]
    public async Task WriteAsync_BigPlanSuperseded_IsToldOnce()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();
        var first = rig.Begin(superseded.Token, Failovers(100));
        await rig.UntilBegunAsync(50);
        await superseded.CancelAsync();
        await first;

        await rig.FinishAsync(Failovers(50, from: 50));

        rig.Log.Lines.Should().HaveCount(2).And.ContainMatch("100 changes done in *");
    }

    [Test]
    public async Task Plan_NothingLeftOfABigPlan_TellsItsEndAndTheNextChange()
    {
        var log = new RecordedLog();
        var vpc = TestVpc.WithHosts(2).WithTable("rtb-1", [.. Enumerable.Range(0, 20).Select(i => TestVpc.Via($"10.0.{i}.0/24", "eni-1"))]);
        var time = new AlarmClock(TestVpc.Start);
        var api = new InMemoryVpc(vpc.Snapshot(), time);
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 15 }, new RecordedLog<RouteReconciler>(log), time, new FakeTimeLimiters(time));
        var spec = TestSpec.Of([.. Enumerable.Range(0, 20).Select(i => TestSpec.Entry($"10.0.{i}.0/24", 1, 2))]);
        using var superseded = new CancellationTokenSource();
        var big = reconciler.ApplyAsync(await reconciler.PlanAsync(spec, TestSpec.Failed(1), default), superseded.Token);
        await Eventually.BeTrueAsync(() => api.Done.Count == 15);
        await superseded.CancelAsync();
        await big;

        reconciler.Plan(spec, TestSpec.Failed()).IsEmpty.Should().BeTrue();
        var small = reconciler.ApplyAsync(reconciler.Plan(TestSpec.Of("10.0.19.0/24", 2), HealthReport.AllHealthy), default);
        await time.RunUntilAsync(() => small.IsCompleted, TimeSpan.FromSeconds(0.1));

        log.Lines.Should().ContainMatch("15 changes done in *").And.ContainMatch("Done: repair 10.0.19.0/24 *");
    }

    [Test]
    public async Task WriteAsync_500RefusedWithOneCode_TellOnlyTheFirst()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);

        await rig.FinishAsync(Failovers(500));

        rig.Log.Lines.Where(line => line.Contains("efused with")).Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_StillRefusedTenMinutesLater_SaysHowOften()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);
        await rig.FinishAsync(Failovers(5));
        rig.Time.Advance(RepeatedFailures.Silence);

        await rig.FinishAsync(Failovers(1));

        rig.Log.Lines.Last().Should().StartWith("Still refused with UnauthorizedOperation, 4 times more");
    }

    [Test]
    public async Task WriteAsync_AnotherCode_IsToldAtOnce()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);
        await rig.FinishAsync(Failovers(5));
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.RouteLimitExceeded);

        await rig.FinishAsync(Creates(5));

        rig.Log.Lines.Should().HaveCount(2);
    }

    [Test]
    public async Task WriteAsync_ThrottledForAnHour_TellsItEveryTenMinutesAtMost()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Throttled);

        while (rig.Elapsed < TimeSpan.FromHours(1))
        {
            await rig.FinishAsync(Failovers(20));
            rig.Time.Advance(TimeSpan.FromSeconds(30));
        }

        rig.Log.Lines.Where(line => line.Contains("hrottle")).Should().HaveCountLessThanOrEqualTo(14);
    }
}
