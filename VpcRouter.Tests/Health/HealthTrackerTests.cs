using VpcRouter.Health;

namespace VpcRouter.Tests.Health;

internal sealed class HealthTrackerTests
{
    private const int A = 0;
    private const int B = 1;

    // What came in ("+" good, "-" failed, "?" inconclusive), whether the host has failed then, and whether it is decided.
    [TestCase(2, 2, "", false, false)]
    [TestCase(2, 2, "-", false, false)]
    [TestCase(2, 2, "--", true, true)]
    [TestCase(2, 2, "-+", false, true)]
    [TestCase(2, 2, "+-", false, true)]
    [TestCase(2, 2, "-+-", false, true)]
    [TestCase(2, 2, "+--", true, true)]
    [TestCase(2, 2, "--+", true, true)]
    [TestCase(2, 2, "--++", false, true)]
    [TestCase(2, 2, "--+-+", true, true)]
    [TestCase(2, 2, "--++-", false, true)]
    [TestCase(1, 1, "-", true, true)]
    [TestCase(1, 1, "-+", false, true)]
    [TestCase(3, 1, "--", false, false)]
    [TestCase(3, 1, "---+", false, true)]
    [TestCase(1, 3, "-++", true, true)]
    [TestCase(1, 3, "-+++", false, true)]
    [TestCase(2, 2, "-?-", true, true)]
    [TestCase(2, 2, "??", false, false)]
    [TestCase(2, 2, "??--", true, true)]
    [TestCase(2, 2, "--????", true, true)]
    public void Record_AfterResults_VerdictIs(int fall, int rise, string results, bool failed, bool decided)
    {
        var tracker = Tracker(fall, rise, A);

        Feed(tracker, A, results);

        tracker.IsFailed(A).Should().Be(failed);
        tracker.IsHostDecided(A).Should().Be(decided);
        tracker.Failed.Should().BeEquivalentTo(failed ? new[] { A } : []);
    }

    [Test]
    public void Record_VerdictFalls_TellsOfTheChangeOnce()
    {
        var tracker = Tracker(2, 2, A);

        new[] { false, false, false, true, true, true }.Select(success => tracker.Record(A, success))
            .Should().Equal(false, true, false, false, true, false);
    }

    [TestCase("", 0)]
    [TestCase("-", 1)]
    [TestCase("--?-", 3)]
    [TestCase("--+", 0)]
    public void FailureRun_AfterResults_CountsTheNewestFailures(string results, int run)
    {
        var tracker = Tracker(5, 5, A);

        Feed(tracker, A, results);

        tracker.FailureRun(A).Should().Be(run);
    }

    [Test]
    public void Record_RunLongerThanItsCounter_StaysFailed()
    {
        var tracker = Tracker(100, 100, A);

        Feed(tracker, A, new string('-', 1000));

        tracker.IsFailed(A).Should().BeTrue();
        tracker.FailureRun(A).Should().Be(255);
    }

    [Test]
    public void Remove_FailedHostAndBack_IsUnknown()
    {
        var tracker = Tracker(2, 2, A);
        Feed(tracker, A, "--");

        tracker.Remove(A).Should().BeTrue();
        tracker.IsDecided.Should().BeTrue("there are no hosts");
        tracker.Add(A);

        tracker.IsFailed(A).Should().BeFalse();
        tracker.IsDecided.Should().BeFalse();
    }

    [TestCase("", "", false)]
    [TestCase("+", "", false)]
    [TestCase("+", "-", false)]
    [TestCase("+", "--", true)]
    [TestCase("+", "?", false)]
    [TestCase("+", "??", true, Description = "one host that can't be probed does not silence the others")]
    [TestCase("??", "??", false, Description = "a tracker that learnt nothing has nothing to say")]
    [TestCase("??+", "+", true)]
    public void IsDecided_TwoHosts_NeedsBoth(string resultsOfA, string resultsOfB, bool decided)
    {
        var tracker = Tracker(2, 2, A, B);

        Feed(tracker, A, resultsOfA);
        Feed(tracker, B, resultsOfB);

        tracker.IsDecided.Should().Be(decided);
    }

    [Test]
    public void IsDecided_NoHosts_True() => new HealthTracker(2, 2).IsDecided.Should().BeTrue();

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(256, 1)]
    [TestCase(1, 256)]
    public void Constructor_NumberOutOfRange_Throws(int fall, int rise)
    {
        var act = () => new HealthTracker(fall, rise);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static HealthTracker Tracker(int fall, int rise, params int[] hosts)
    {
        var tracker = new HealthTracker(fall, rise);
        foreach (var host in hosts)
            tracker.Add(host);
        return tracker;
    }

    private static void Feed(HealthTracker tracker, int host, string results)
    {
        foreach (var result in results)
        {
            if (result == '?')
                tracker.RecordInconclusive(host);
            else
                tracker.Record(host, result == '+');
        }
    }
}
