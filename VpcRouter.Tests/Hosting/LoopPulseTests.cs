using Microsoft.Extensions.Time.Testing;
using VpcRouter.Hosting;

namespace VpcRouter.Tests.Hosting;

public class LoopPulseTests
{
    private static readonly TimeSpan TooLong = LoopPulse.Patience + TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Check_NothingToDo_IsFineForever()
    {
        var pulse = new LoopPulse(_time);

        _time.Advance(TimeSpan.FromDays(1));

        pulse.Check().Should().Match<ReadinessCheck>(check => check.IsOk && check.Age == null);
    }

    [Test]
    public void Check_WakeUpUnanswered_Fails()
    {
        var pulse = new LoopPulse(_time);
        pulse.Woken();
        _time.Advance(TimeSpan.FromSeconds(1));
        pulse.Woken();
        _time.Advance(TooLong - TimeSpan.FromSeconds(1));

        pulse.Check().Should().Match<ReadinessCheck>(check => !check.IsOk && check.Message.Contains("11 s"));
    }

    [Test]
    public void Check_TurnNeverEnds_Fails()
    {
        var pulse = new LoopPulse(_time);
        pulse.Woken();
        pulse.TurnBegan();
        _time.Advance(TooLong);

        pulse.Check().Message.Should().Be("stuck in a turn for 11 s");
    }

    [Test]
    public void Check_Turned_KnowsTheAge()
    {
        var pulse = new LoopPulse(_time);
        pulse.Woken();
        pulse.TurnBegan();
        pulse.TurnEnded();
        _time.Advance(TooLong);

        pulse.Check().Should().Be(new ReadinessCheck("loop", true, "turns", TooLong));
    }
}
