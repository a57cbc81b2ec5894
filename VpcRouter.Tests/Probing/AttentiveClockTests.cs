using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AttentiveClockTests
{
    private readonly AttentiveClock _clock = new();

    [TestCase(1000, 500, 0, Description = "early, because something came in")]
    [TestCase(1000, 1000, 0)]
    [TestCase(1000, 1020, 0, Description = "everyday lateness")]
    [TestCase(1000, 6000, 5000)]
    public void Look_LaterThanPlanned_TakesTheTimeOut(int planned, int looked, int missed)
    {
        var now = _clock.Look(Milliseconds(looked), Milliseconds(planned), out var takenOut);

        takenOut.Should().Be(Milliseconds(missed));
        now.Should().Be(Milliseconds(looked - missed));
        _clock.At(Milliseconds(looked + 7)).Should().Be(now + Milliseconds(7));
    }

    [Test]
    public void Look_NothingWasDue_MissesNothing()
    {
        _clock.Look(TimeSpan.FromHours(1), null, out var missed).Should().Be(TimeSpan.FromHours(1));

        missed.Should().Be(TimeSpan.Zero);
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
