using VpcRouter.Reconciliation;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Reconciliation.Writing.WritingRig;

namespace VpcRouter.Tests.Reconciliation.Writing;

[CancelAfter(60_000)]
public sealed class WriteOrderTests
{
    [Test]
    public async Task WriteAsync_FailoverWhile400RepairsAreQueued_IsTheVeryNextWrite()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();
        var repairing = rig.Begin(superseded.Token, Repairs(400));
        await rig.UntilBegunAsync(50);

        await superseded.CancelAsync();
        var failingOver = rig.Begin(default, [.. Failovers(1, from: 450), .. Repairs(350, from: 50)]);
        await rig.Time.RunUntilAsync(() => rig.Api.Begun.Count > 50, TimeSpan.FromSeconds(0.1));

        rig.Api.Begun[50].Destination.Should().Be(Failovers(1, from: 450)[0].Destination);
        await repairing;
        await rig.Time.RunUntilAsync(() => failingOver.IsCompleted, TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task WriteAsync_FailoversUseTheirBucketUp_CreatesGoAtOnce()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();

        var writing = rig.Begin(superseded.Token, [.. Failovers(200), .. Creates(50)]);
        await rig.UntilBegunAsync(100);
        await superseded.CancelAsync();
        await writing;

        rig.Api.Begun.CountBy(write => write.Action).Should().BeEquivalentTo([KeyValuePair.Create(VpcAction.Replace, 50), KeyValuePair.Create(VpcAction.Create, 50)]);
    }

    [Test]
    public async Task WriteAsync_500Failovers_TakeWhatTheBucketAllows()
    {
        using var rig = new WritingRig();

        await rig.FinishAsync(Failovers(500));

        rig.Elapsed.Should().BeCloseTo(TimeSpan.FromSeconds((500 - 50) / 5), TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task WriteAsync_CreatesNeverAnswer_HoldUpNoFailover()
    {
        var gate = new TaskCompletionSource();
        using var rig = new WritingRig(new WriteLimits { Concurrency = 2 });
        rig.Api.HoldWrite = write => write.Action == VpcAction.Create ? gate.Task : Task.CompletedTask;

        var writing = rig.Begin(default, [.. Creates(10), .. Failovers(10)]);
        await Eventually.BeTrueAsync(() => rig.Api.Done.Count == 10);
        gate.SetResult();
        await writing;

        rig.Api.Done.Take(10).Should().OnlyContain(write => write.Action == VpcAction.Replace);
    }

    [Test]
    public async Task WriteAsync_Deletions_WaitUntilFailoversAndCreatesAreAnswered()
    {
        using var rig = new WritingRig();

        await rig.FinishAsync([.. Failovers(60), .. Creates(60), .. Repairs(100, from: 100), .. Deletes(5, from: 300)]);

        var kinds = rig.Api.Begun.Select(write => write.Action).ToList();
        kinds.IndexOf(VpcAction.Delete).Should().BeGreaterThan(kinds.LastIndexOf(VpcAction.Create));
        rig.Api.Begun.FindIndex(write => write.Action == VpcAction.Delete).Should().BeGreaterThan(rig.Api.Begun.FindIndex(write => write.Destination == Failovers(60)[59].Destination));
    }

    [Test]
    public async Task WriteAsync_Deletions_DoNotWaitForDrift()
    {
        using var rig = new WritingRig();
        using var superseded = new CancellationTokenSource();

        var writing = rig.Begin(superseded.Token, [.. Repairs(100), .. Deletes(5, from: 300)]);
        await Eventually.BeTrueAsync(() => rig.Api.Done.Count(write => write.Action == VpcAction.Delete) == 5);
        await superseded.CancelAsync();
        await writing;

        rig.Api.Begun.Count(write => write.Action == VpcAction.Replace).Should().BeLessThan(100);
    }

    [Test]
    public async Task WriteAsync_CreateIsRefused_DeletionsGoOn()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = write => write.Action == VpcAction.Create ? InMemoryVpc.Error(VpcApiErrorKind.RouteLimitExceeded) : null;

        await rig.FinishAsync([.. Creates(5), .. Deletes(5)]);

        rig.Api.Done.Should().HaveCount(5).And.OnlyContain(write => write.Action == VpcAction.Delete);
    }

    [Test]
    public async Task WriteAsync_TableIsFull_CreatesAgainOnceARouteWasDeleted()
    {
        using var rig = new WritingRig();
        rig.Api.FailWrite = write => write.Action == VpcAction.Create ? InMemoryVpc.Error(VpcApiErrorKind.RouteLimitExceeded) : null;
        await rig.FinishAsync(Creates(1));
        var before = rig.Backoff.Holds(Creates(1)[0], rig.Time.GetUtcNow());

        await rig.FinishAsync(Deletes(1));

        (before, rig.Backoff.Holds(Creates(1)[0], rig.Time.GetUtcNow())).Should().Be((true, false));
    }
}
