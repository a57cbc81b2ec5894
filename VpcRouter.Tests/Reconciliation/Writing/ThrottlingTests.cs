using VpcRouter.Reconciliation;
using VpcRouter.Tests.ModelCheck;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Reconciliation.Writing.WritingRig;

namespace VpcRouter.Tests.Reconciliation.Writing;

[CancelAfter(60_000)]
[NonParallelizable]
public sealed class ThrottlingTests
{
    [Test]
    public async Task WriteAsync_Ec2ThrottlesEarlier_LosesNothing()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = Ec2Bucket(rig, burst: 20, perSecond: 2);

        var outcomes = await rig.FinishAsync(Failovers(100));

        outcomes.Should().HaveCount(100).And.OnlyContain(outcome => outcome.Succeeded);
    }

    [Test]
    public void WriteAsync_Ec2ThrottlesEarlier_IsNotHammered() => SingleThreadedPool.Run(FailOver200Async).Refused.Should().BeLessThan(100);

    [Test]
    public void WriteAsync_Ec2ThrottlesEarlier_UsesMostOfWhatItGives() =>
        SingleThreadedPool.Run(FailOver200Async).Elapsed.Should().BeLessThan(TimeSpan.FromSeconds((200 - 20) / 2 * 1.5));

    [Test]
    public async Task WriteAsync_TwoPlansAtOnceForOneSlot_ThrottledWriteGetsItBack()
    {
        using var rig = new WritingRig(new WriteLimits { Concurrency = 1 });
        var gate = new TaskCompletionSource();
        var refusals = 0;
        rig.Api.HoldWrite = write => write.Destination.ToString() == "10.0.0.0/24" ? gate.Task : Task.CompletedTask;
        rig.Api.FailWrite = write => write.Destination.ToString() == "10.0.1.0/24" && Interlocked.Increment(ref refusals) == 1 ? InMemoryVpc.Error(VpcApiErrorKind.Throttled) : null;

        var both = Task.WhenAll(rig.Begin(default, Failovers(2)), rig.Begin(default, Failovers(2)));
        await rig.UntilBegunAsync(1);
        gate.SetResult();
        await rig.Time.RunUntilAsync(() => both.IsCompleted, TimeSpan.FromSeconds(0.1));

        rig.Api.Done.Should().HaveCount(2);
    }

    [Test]
    public async Task WriteAsync_OneActionThrottled_OthersKeepTheirPace()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();
        rig.Api.FailWrite = write => write.Action == VpcAction.Create ? InMemoryVpc.Error(VpcApiErrorKind.Throttled) : null;

        var creating = rig.Begin(superseded.Token, Creates(50));
        await rig.UntilBegunAsync(1);
        var failingOver = rig.Begin(default, Failovers(50));
        await Eventually.BeTrueAsync(() => rig.Api.Done.Count == 50);
        await failingOver;
        await superseded.CancelAsync();
        await creating;

        rig.Elapsed.Should().Be(TimeSpan.Zero);
    }

    [Test]
    public async Task WriteAsync_AlwaysThrottled_GivesUpForNowAndSaysSo()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Throttled);

        var outcomes = await rig.FinishAsync(Failovers(1));

        outcomes.Single().Error!.Kind.Should().Be(VpcApiErrorKind.Throttled);
        rig.Backoff.Holds(Failovers(1)[0], rig.Time.GetUtcNow()).Should().BeTrue();
    }

    [Test]
    public async Task WriteAsync_SupersededWhileThrottled_EndsWithoutAnotherTry()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();
        rig.Api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Throttled);
        var writing = rig.Begin(superseded.Token, Failovers(1));
        await rig.UntilBegunAsync(1);

        await superseded.CancelAsync();
        await writing;

        rig.Api.Begun.Should().ContainSingle();
    }

    [Test]
    public async Task WriteAsync_Throttled_TellsEachRefusal()
    {
        using var rig = new WritingRig();
        var refusals = 0;
        rig.Api.FailWrite = _ => ++refusals <= 2 ? InMemoryVpc.Error(VpcApiErrorKind.Throttled) : null;
        var told = new List<string?>();

        var writing = rig.Writer.WriteAsync([.. Failovers(1)], outcome => told.Add(outcome.Error?.Code), default);
        await rig.Time.RunUntilAsync(() => writing.IsCompleted, TimeSpan.FromSeconds(0.1));

        told.Should().Equal("RequestLimitExceeded", "RequestLimitExceeded", null);
    }

    private static async Task<(int Refused, TimeSpan Elapsed)> FailOver200Async()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = Ec2Bucket(rig, burst: 20, perSecond: 2);
        await rig.FinishAsync(Failovers(200));
        return (rig.Api.Begun.Count - 200, rig.Elapsed);
    }

    private static Func<VpcWrite, Exception?> Ec2Bucket(WritingRig rig, int burst, double perSecond)
    {
        var bucket = new FakeTimeLimiter(burst, perSecond, rig.Time);
        return _ => bucket.AttemptAcquire().IsAcquired ? null : InMemoryVpc.Error(VpcApiErrorKind.Throttled);
    }
}
