using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Simulator;

public sealed class TokenBucketTests
{
    [Test]
    public void Take_FullBucket_GivesTheBurstAndNoMore() => TakeAll(new Bucket(burst: 3, refill: 5), TimeSpan.Zero).Should().Be(3);

    [TestCase(0.19, 0)]
    [TestCase(0.2, 1)]
    [TestCase(0.59, 2)]
    [TestCase(0.6, 3)]
    [TestCase(60, 3)]
    public void Take_EmptyForSomeTime_GivesWhatCameBackUpToTheBurst(double seconds, int expected)
    {
        var bucket = new Bucket(burst: 3, refill: 5);
        TakeAll(bucket, TimeSpan.Zero);
        TakeAll(bucket, TimeSpan.FromSeconds(seconds)).Should().Be(expected);
    }

    [Test]
    public void Take_RefusedManyTimesInBetween_LosesNoFraction()
    {
        var bucket = new Bucket(burst: 1, refill: 1);
        TakeAll(bucket, TimeSpan.Zero);
        for (var tenth = 1; tenth < 10; tenth++)
            bucket.Take(TimeSpan.FromSeconds(tenth / 10.0)).Should().BeFalse();
        bucket.Take(TimeSpan.FromSeconds(1)).Should().BeTrue();
    }

    [Test]
    public void Take_TimeRunsBackwards_DrainsNothing()
    {
        var bucket = new Bucket(burst: 2, refill: 1);
        bucket.Take(TimeSpan.FromSeconds(5)).Should().BeTrue();
        bucket.Take(TimeSpan.FromSeconds(4)).Should().BeTrue();
        bucket.Take(TimeSpan.FromSeconds(5)).Should().BeFalse();
    }

    [Test]
    public void Take_NoBurst_GivesNothingEver()
    {
        var bucket = new Bucket(burst: 0, refill: 5);
        bucket.Take(TimeSpan.FromHours(1)).Should().BeFalse();
    }

    private static int TakeAll(Bucket bucket, TimeSpan now)
    {
        var taken = 0;
        while (bucket.Take(now))
            taken++;
        return taken;
    }

    private sealed class Bucket(double burst, double refill)
    {
        private readonly ThrottleLimit _limit = new("$", ActionPattern.All, false, burst, refill);
        private TokenBucket _state = new(burst, TimeSpan.Zero);

        public bool Take(TimeSpan now)
        {
            (var taken, _state) = _state.Take(_limit, now);
            return taken;
        }
    }
}
