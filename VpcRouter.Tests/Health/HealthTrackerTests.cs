using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Health;

internal sealed class HealthTrackerTests
{
    private static readonly IPAddress A = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress B = IPAddress.Parse("10.0.0.2");

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

    [Test]
    public void Record_HostNotInList_IsPassedOver()
    {
        var tracker = Tracker(1, 1, A);

        tracker.Record(B, success: false).Should().BeFalse();

        tracker.Failed.Should().BeEmpty();
    }

    [Test]
    public void SetHosts_HostStays_KeepsWhatIsKnown()
    {
        var tracker = Tracker(2, 2, A);
        Feed(tracker, A, "-");

        tracker.SetHosts(new HostList([A, B])).Should().BeFalse();

        tracker.Record(A, success: false).Should().BeTrue();
    }

    [Test]
    public void SetHosts_FailedHostRemovedAndBack_IsUnknown()
    {
        var tracker = Tracker(2, 2, A);
        Feed(tracker, A, "--");

        tracker.SetHosts(HostList.Empty).Should().BeTrue();
        tracker.SetHosts(new HostList([A])).Should().BeFalse();

        tracker.IsFailed(A).Should().BeFalse();
        tracker.IsDecided.Should().BeFalse();
    }

    [Test]
    public void Failed_TrackerGoesOn_CopyStays()
    {
        var tracker = Tracker(1, 1, A);
        Feed(tracker, A, "-");
        var failed = tracker.Failed;

        Feed(tracker, A, "+");

        failed.Should().Equal(A);
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
    public void Constructor_NumberBelowOne_Throws(int fall, int rise)
    {
        var act = () => new HealthTracker(fall, rise);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static HealthTracker Tracker(int fall, int rise, params IPAddress[] hosts)
    {
        var tracker = new HealthTracker(fall, rise);
        tracker.SetHosts(new HostList(hosts));
        return tracker;
    }

    private static void Feed(HealthTracker tracker, IPAddress host, string results)
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
