using VpcRouter.Reconciliation.Writing;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Reconciliation.Writing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ThrottlePaceTests
{
    private static readonly DateTimeOffset Now = TestVpc.Start;
    private readonly ThrottlePace _pace = new(5, new Random(1));

    [Test]
    public void Wait_NeverThrottled_IsNothing() => _pace.Wait(Now).Should().Be(TimeSpan.Zero);

    [Test]
    public void OnThrottled_Once_PausesForAWriteAndAHalfAtMostAndKeepsThePace()
    {
        _pace.OnThrottled(Now, Now);

        _pace.PerSecond.Should().Be(5);
        _pace.Wait(Now).TotalSeconds.Should().BeInRange(1 / 5.0, 1.5 / 5.0);
    }

    [Test]
    public void OnThrottled_AgainAtOnce_HalvesThePace()
    {
        ThrottleTwice();

        _pace.PerSecond.Should().Be(2.5);
        _pace.Wait(Now).TotalSeconds.Should().BeInRange(1 / 2.5, 1.5 / 2.5);
    }

    [TestCase(19, 2.5)]
    [TestCase(20, 5)]
    public void OnThrottled_AgainAfterAnswers_IsForgivenAfterTwenty(int answers, double expected)
    {
        _pace.OnThrottled(Now, Now);
        for (var answer = 0; answer < answers; answer++)
            _pace.OnAnswered();

        _pace.OnThrottled(Now.AddSeconds(10), Now.AddSeconds(10));

        _pace.PerSecond.Should().Be(expected);
    }

    [Test]
    public void OnThrottled_WriteBegunBeforeItSlowedDown_IsNoNews()
    {
        _pace.OnThrottled(Now, Now.AddSeconds(1));

        (_pace.OnThrottled(Now.AddSeconds(0.5), Now.AddSeconds(2)), _pace.PerSecond).Should().Be((false, 5));
    }

    [Test]
    public void OnThrottled_OverAndOver_StopsAtTheSlowestPace()
    {
        for (var second = 0; second < 100; second++)
            _pace.OnThrottled(Now.AddSeconds(second), Now.AddSeconds(second));

        _pace.PerSecond.Should().Be(0.2);
    }

    [Test]
    public void OnThrottled_LimitsFarAboveEc2s_SlowsDownToSomethingSensible()
    {
        var pace = new ThrottlePace(10_000, new Random(1));

        pace.OnThrottled(Now, Now);

        pace.PerSecond.Should().Be(10);
    }

    [Test]
    public void OnAnswered_OftenEnough_ReachesFullSpeed()
    {
        ThrottleTwice();

        var answers = Enumerable.Range(1, 100).First(_ => _pace.OnAnswered());

        (answers, _pace.PerSecond).Should().Be((10, null));
    }

    [Test]
    public void Begin_Throttled_SpacesTheNextWrite()
    {
        ThrottleTwice();
        _pace.Begin(Now.AddSeconds(10));

        _pace.Wait(Now.AddSeconds(10)).Should().Be(TimeSpan.FromSeconds(0.4));
    }

    [Test]
    public void Wait_LongAfterTheLastWrite_HasForgotten()
    {
        for (var second = 0; second < 10; second++)
            _pace.OnThrottled(Now.AddSeconds(second), Now.AddSeconds(second));
        _pace.Begin(Now.AddSeconds(20));

        (_pace.Wait(Now.AddSeconds(21)) > TimeSpan.Zero, _pace.PerSecond).Should().Be((true, 0.2));
        (_pace.Wait(Now.AddMinutes(2)), _pace.PerSecond).Should().Be((TimeSpan.Zero, null));
    }

    [Test]
    public void OnThrottled_LongAfterTheLast_IsForgivenAgain()
    {
        ThrottleTwice();

        _pace.OnThrottled(Now.AddMinutes(2), Now.AddMinutes(2));

        _pace.PerSecond.Should().Be(5);
    }

    private void ThrottleTwice()
    {
        _pace.OnThrottled(Now, Now);
        _pace.OnThrottled(Now, Now);
    }
}
