using Microsoft.Extensions.Time.Testing;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Reconciliation.Writing;

public sealed class WriteStreamTests
{
    [Test]
    public async Task GiveBack_BucketFullAgainSince_AllowsNoMoreAtOnceThanItHolds()
    {
        var time = new FakeTimeProvider(TestVpc.Start);
        using var stream = new WriteStream(WriteAction.DeleteRoute, new WriteLimits { Burst = 1, PerSecond = 1 }, new FakeTimeLimiters(time), time);
        await stream.MayBeginAsync(CancellationToken.None);
        stream.GiveBack();
        time.Advance(TimeSpan.FromSeconds(10));

        var first = stream.MayBeginAsync(CancellationToken.None);
        var second = stream.MayBeginAsync(CancellationToken.None);
        await first;

        second.IsCompleted.Should().BeFalse("the bucket holds one");
    }

    [Test]
    public async Task GiveBack_AtOnce_LetsTheNextBegin()
    {
        var time = new FakeTimeProvider(TestVpc.Start);
        using var stream = new WriteStream(WriteAction.DeleteRoute, new WriteLimits { Burst = 1, PerSecond = 1 }, new FakeTimeLimiters(time), time);
        await stream.MayBeginAsync(CancellationToken.None);
        stream.GiveBack();

        (await stream.MayBeginAsync(CancellationToken.None)).Should().BeTrue();
    }

    [Test]
    public async Task End_ThrottledOnce_TheTokenAfterThePauseIsTheOnlyOne()
    {
        var time = new AlarmClock(TestVpc.Start);
        using var stream = new WriteStream(WriteAction.CreateRoute, new WriteLimits { Burst = 1, PerSecond = 1 }, new FakeTimeLimiters(time), time);
        await stream.MayBeginAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(0.5));
        stream.End(TestVpc.Start, isThrottled: true);

        // The pause is longer than the bucket needs for one token; what it would gain beyond that doesn't count.
        var first = stream.MayBeginAsync(CancellationToken.None);
        await time.RunUntilAsync(() => first.IsCompleted, TimeSpan.FromMilliseconds(10));
        var begun = time.GetUtcNow();
        stream.End(begun, isThrottled: false);
        var second = stream.MayBeginAsync(CancellationToken.None);
        await time.RunUntilAsync(() => second.IsCompleted, TimeSpan.FromMilliseconds(10));

        (time.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }
}
