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
    public async Task WriteAsync_500RefusedWithOneCode_TellOnlyTheFirst()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpcApi.Error(VpcApiErrorKind.Unauthorized);

        await rig.FinishAsync(Failovers(500));

        rig.Log.Lines.Where(line => line.Contains("efused with")).Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_StillRefusedTenMinutesLater_SaysHowOften()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpcApi.Error(VpcApiErrorKind.Unauthorized);
        await rig.FinishAsync(Failovers(5));
        rig.Time.Advance(RepeatedFailures.Silence);

        await rig.FinishAsync(Failovers(1));

        rig.Log.Lines.Last().Should().StartWith("Still refused with Unauthorized, 4 times more");
    }

    [Test]
    public async Task WriteAsync_AnotherCode_IsToldAtOnce()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpcApi.Error(VpcApiErrorKind.Unauthorized);
        await rig.FinishAsync(Failovers(5));
        rig.Api.FailWrite = _ => InMemoryVpcApi.Error(VpcApiErrorKind.RouteLimitExceeded);

        await rig.FinishAsync(Creates(5));

        rig.Log.Lines.Should().HaveCount(2);
    }

    [Test]
    public async Task WriteAsync_ThrottledForAnHour_TellsItEveryTenMinutesAtMost()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpcApi.Error(VpcApiErrorKind.Throttled);

        while (rig.Elapsed < TimeSpan.FromHours(1))
        {
            await rig.FinishAsync(Failovers(20));
            rig.Time.Advance(TimeSpan.FromSeconds(30));
        }

        rig.Log.Lines.Where(line => line.Contains("hrottle")).Should().HaveCountLessThanOrEqualTo(14);
    }
}
