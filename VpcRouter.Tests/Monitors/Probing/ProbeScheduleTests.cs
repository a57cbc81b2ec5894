using System.Net;
using VpcRouter.Monitors.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Monitors.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly ProbeSchedule _schedule = new(Interval, new Random(1));

    [Test]
    public void SetHosts_ManyHosts_SpreadOverASecond()
    {
        _schedule.SetHosts(Hosts(2000), TimeSpan.Zero);

        var starts = TakeUntil(TimeSpan.FromSeconds(1));

        starts.Should().HaveCount(2000);
        starts.Count(start => start.At < TimeSpan.FromMilliseconds(500)).Should().BeInRange(990, 1010);
    }

    [Test]
    public void SetHosts_FewHosts_AreDueWithinMilliseconds()
    {
        _schedule.SetHosts(Hosts(3), TimeSpan.Zero);

        TakeUntil(TimeSpan.FromMilliseconds(3)).Should().HaveCount(3);
    }

    [Test]
    public void SetHosts_ShortInterval_SpreadOverTheIntervalAtMost()
    {
        var schedule = new ProbeSchedule(TimeSpan.FromMilliseconds(100), new Random(1));
        schedule.SetHosts(Hosts(5000), TimeSpan.Zero);

        TakeUntil(TimeSpan.FromMilliseconds(100), schedule).Should().HaveCount(5000);
    }

    [Test]
    public void Finish_SecondRound_IsPacedOverTheIntervalAndNobodyWaitsLonger()
    {
        _schedule.SetHosts(Hosts(1000), TimeSpan.Zero);
        var first = TakeUntil(TimeSpan.FromSeconds(1));
        foreach (var (probe, at) in first)
            _schedule.Finish(probe, at, NextProbe.AfterInterval);

        var second = TakeUntil(TimeSpan.FromSeconds(5));

        second.Should().HaveCount(1000);
        var firstAt = first.ToDictionary(start => start.Probe, start => start.At);
        second.Select(start => start.At - firstAt[start.Probe]).Max().Should().BeLessThanOrEqualTo(Interval + TimeSpan.FromMilliseconds(1));
        second.Count(start => start.At < TimeSpan.FromSeconds(2)).Should().BeInRange(490, 510);
    }

    [Test]
    public void Finish_LaterRounds_ComeWithJitterAndNeverLate()
    {
        var probe = TakeOne();
        _schedule.Finish(probe, TimeSpan.Zero, NextProbe.AfterInterval);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 50; i++)
        {
            var now = _schedule.NextDue!.Value;
            _schedule.TryTakeDue(now, out _).Should().BeTrue();
            _schedule.Finish(probe, now, NextProbe.AfterInterval);
            waits.Add(_schedule.NextDue!.Value - now);
        }

        waits.Should().OnlyContain(wait => wait >= 0.9 * Interval && wait <= Interval);
        waits.Distinct().Should().HaveCountGreaterThan(10);
    }

    [Test]
    public void Finish_ProbeTookLongerThanInterval_NextIsDueAtOnce()
    {
        var probe = TakeOne();
        var late = 10 * Interval;

        _schedule.Finish(probe, late, NextProbe.AfterInterval);

        _schedule.NextDue.Should().Be(late);
    }

    [TestCase(500, 500, Description = "a time-out has already waited")]
    [TestCase(1, 50, Description = "a refusal has not")]
    public void Finish_Suspect_IsDueAtOnceButNotInATightLoop(int finishedAfter, int dueAfter)
    {
        var probe = TakeOne();

        _schedule.Finish(probe, probe.StartedAt + TimeSpan.FromMilliseconds(finishedAfter), NextProbe.AtOnce);

        _schedule.NextDue.Should().Be(probe.StartedAt + TimeSpan.FromMilliseconds(dueAfter));
    }

    [Test]
    public void Finish_NothingKnown_IsDueWithinASecond()
    {
        var probe = TakeOne();

        _schedule.Finish(probe, TimeSpan.FromSeconds(3), NextProbe.Soon);

        _schedule.NextDue.Should().Be(TimeSpan.FromSeconds(4));
    }

    [Test]
    public void TryTakeDue_ProbeInFlight_HostIsNotDue()
    {
        TakeOne();

        _schedule.NextDue.Should().BeNull();
        _schedule.TryTakeDue(TimeSpan.FromHours(1), out _).Should().BeFalse();
    }

    [Test]
    public void SetHosts_HostRemovedBeforeItsProbe_IsNeverDue()
    {
        _schedule.SetHosts(Hosts(1), TimeSpan.Zero);

        _schedule.SetHosts(HostList.Empty, TimeSpan.Zero).Should().BeEmpty();

        _schedule.NextDue.Should().BeNull();
        _schedule.Probes.Should().BeEmpty();
    }

    [Test]
    public void SetHosts_HostRemovedDuringItsProbe_GivesItBackToBeCancelled()
    {
        var probe = TakeOne();

        _schedule.SetHosts(HostList.Empty, TimeSpan.Zero).Should().Equal(probe);

        probe.Counts.Should().BeFalse();
        _schedule.Finish(probe, TimeSpan.Zero, NextProbe.AtOnce);
        _schedule.NextDue.Should().BeNull();
        _schedule.Probes.Should().BeEmpty();
    }

    [Test]
    public void SetHosts_HostBackDuringItsOldProbe_StartsOverWithoutOverlap()
    {
        var probe = TakeOne();
        _schedule.SetHosts(HostList.Empty, TimeSpan.Zero);

        _schedule.SetHosts(Hosts(1), TimeSpan.Zero);

        _schedule.TryTakeDue(Interval, out _).Should().BeFalse();
        probe.Counts.Should().BeFalse("that result is of the host's earlier life");
        _schedule.Finish(probe, TimeSpan.FromSeconds(1), NextProbe.AtOnce);
        _schedule.NextDue.Should().Be(TimeSpan.FromSeconds(1));
        probe.Counts.Should().BeTrue();
    }

    private static HostList Hosts(int count) => new(Enumerable.Range(1, count).Select(i => new IPAddress([10, 0, (byte)(i >> 8), (byte)i])));

    private HostProbe TakeOne()
    {
        _schedule.SetHosts(Hosts(1), TimeSpan.Zero);
        return TakeUntil(TimeSpan.FromMilliseconds(1)).Single().Probe;
    }

    private List<(HostProbe Probe, TimeSpan At)> TakeUntil(TimeSpan end, ProbeSchedule? schedule = null)
    {
        var taken = new List<(HostProbe, TimeSpan)>();
        while ((schedule ?? _schedule).NextDue is { } due && due <= end)
        {
            (schedule ?? _schedule).TryTakeDue(due, out var probe);
            taken.Add((probe!, due));
        }

        return taken;
    }
}
