namespace VpcRouter.Tests.Probing;

/// <summary>How probes are spread over time.</summary>
internal sealed class ProbePacingTests
{
    private const int Interval = 2000;

    [Test]
    public void SetHosts_ManyHosts_SpreadOverASecond()
    {
        var rig = new CoreRig();
        rig.Give(Hosts(2000));

        rig.Run(1000);

        rig.Sent.Select(probe => probe.Host).Distinct().Count().Should().Be(2000);
        rig.Sent.Count(probe => probe.SentAt.TotalMilliseconds <= 500).Should().BeInRange(980, 1020);
    }

    [Test]
    public void SetHosts_FewHosts_AreDueWithinMilliseconds()
    {
        var rig = new CoreRig();
        rig.Give(Hosts(3));

        rig.Run(3);

        rig.Sent.Should().HaveCount(3);
    }

    [Test]
    public void SetHosts_ShortInterval_SpreadOverTheIntervalAtMost()
    {
        var rig = new CoreRig(intervalMilliseconds: 100);
        rig.Give(Hosts(1000));

        rig.Run(100);

        rig.Sent.Select(probe => probe.Host).Distinct().Should().HaveCount(1000);
    }

    [Test]
    public void Attend_SecondRound_IsPacedOverTheInterval()
    {
        var rig = new CoreRig();
        rig.Give(Hosts(1000));

        rig.Run(1000 + Interval);

        // One bin is a tenth of an interval.
        rig.Sent.GroupBy(probe => probe.Host, (_, probes) => probes.ElementAt(1).SentAt.TotalMilliseconds).CountBy(second => (int)((second - 1001) / (Interval / 10)))
            .Select(bin => bin.Value).Should().HaveCount(10).And.OnlyContain(count => count >= 80 && count <= 120);
    }

    [Test]
    public void Attend_ManyHosts_AreProbedAsOftenAsTheIntervalSaysAndAFewTogether()
    {
        var rig = new CoreRig(intervalMilliseconds: 1000);
        rig.Give(Hosts(3000));

        rig.Run(5000);

        rig.Sent.Count.Should().BeInRange(3000 * 5, 3000 * 6);
        rig.Sent.Select(probe => probe.SentAt).Distinct().Count().Should().BeLessThan(2000, "a turn is worth several probes");
    }

    [Test]
    public void Attend_ManyRounds_NobodyWaitsLongerThanAnInterval()
    {
        var rig = new CoreRig();
        rig.Give(Hosts(100));

        rig.Run(20_000);

        foreach (var times in rig.Sent.GroupBy(probe => probe.Host, probe => (int)probe.SentAt.TotalMilliseconds))
            times.Append((int)rig.Now.TotalMilliseconds).Zip(times.Skip(1), (before, after) => after - before).Should().OnlyContain(gap => gap <= Interval + 1);
    }

    [Test]
    public void Attend_LaterRounds_ComeWithJitter()
    {
        var rig = new CoreRig();
        rig.Give("10.0.0.1");

        rig.Run(100_000);

        var times = rig.SentTimes("10.0.0.1").Skip(2).ToArray();
        var gaps = times.Zip(times.Skip(1), (before, after) => after - before).ToArray();
        gaps.Should().OnlyContain(gap => gap >= (0.9 * Interval) && gap <= Interval + 1);
        gaps.Distinct().Should().HaveCountGreaterThan(10);
    }

    [Test]
    public void StandStill_Long_IsNotFollowedByACrowd()
    {
        var rig = new CoreRig(intervalMilliseconds: 1000);
        rig.Give(Hosts(1000));
        rig.Run(5000);
        var before = rig.Sent.Count;

        rig.StandStill(60_000);
        rig.Run(100);

        (rig.Sent.Count - before).Should().BeInRange(50, 200);
    }

    internal static IEnumerable<string> Hosts(int count) => Enumerable.Range(1, count).Select(i => $"10.0.{i >> 8}.{i & 255}");
}
