namespace VpcRouter.Tests.Probing;

internal sealed class ProbeCoreTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    [TestCase(1, 500, Description = "fall 1: one deadline")]
    [TestCase(2, 550)]
    [TestCase(3, 600)]
    [TestCase(10, 950)]
    public void Attend_HostSilentFromTheStart_FailsAfterTimeoutAndOnePaceForEachFurtherProbe(int fall, int after)
    {
        var rig = new CoreRig(fall: fall) { Network = (_, _) => Fate.Lost };
        rig.Give(A);

        rig.Run(1500);

        var first = rig.SentTimes(A).First();
        rig.Verdicts.Should().ContainSingle();
        (rig.Verdicts[0].At.TotalMilliseconds - first).Should().Be(after);
        rig.SentTimes(A).Take(fall).Select(at => at - first).Should().Equal(Enumerable.Range(0, fall).Select(i => i * 50));
        rig.Verdicts[0].Reason.Should().Be("no answer within 500 ms");
    }

    [Test]
    public void Attend_HostWithKnownRoundTrip_IsSuspectAfterFourOfThem()
    {
        var rig = new CoreRig { Network = (_, nth) => nth < 3 ? Fate.Answer(30) : Fate.Lost };
        rig.Give(A);

        rig.Run(12_000);

        var times = rig.SentTimes(A).ToArray();
        (times[4] - times[3]).Should().Be(120);
        (rig.Verdicts.Single().At.TotalMilliseconds - times[3]).Should().Be(620);
    }

    [Test]
    public void Attend_RoundTripTooLongForASuspicion_ProbesAgainWhenTheDeadlineHasPassed()
    {
        var rig = new CoreRig { Network = (_, nth) => nth < 3 ? Fate.Answer(200) : Fate.Lost };
        rig.Give(A);

        rig.Run(12_000);

        var times = rig.SentTimes(A).ToArray();
        (times[4] - times[3]).Should().Be(500);
        (rig.Verdicts.Single().At.TotalMilliseconds - times[3]).Should().BeLessThanOrEqualTo(500 + 800);
    }

    [Test]
    public void Attend_OnePacketLost_FailsNobody()
    {
        var rig = new CoreRig { Network = (_, nth) => nth % 3 == 0 ? Fate.Lost : Fate.Answer(1) };
        rig.Give(A);

        rig.Run(60_000);

        rig.Verdicts.Should().BeEmpty();
        rig.Failures.Should().NotBeEmpty();
    }

    [Test]
    public void Attend_LostBeforeAnAnsweredOneAndAgainLater_IsNotARun()
    {
        // The first gets lost, the re-probe is answered, and only then does the deadline of the first pass; then the next gets lost too.
        var rig = new CoreRig(intervalMilliseconds: 300, timeoutMilliseconds: 250) { Network = (_, nth) => nth % 2 == 0 ? Fate.Lost : Fate.Answer(5) };
        rig.Give(A);

        rig.Run(30_000);

        rig.Verdicts.Should().BeEmpty();
    }

    [Test]
    public void Complete_LateAnswerWithinItsDeadline_CountsAsGood()
    {
        var rig = new CoreRig(fall: 2) { Network = (_, nth) => nth switch { 0 => Fate.Answer(400), 1 => Fate.Lost, _ => Fate.Answer(1) } };
        rig.Give(A);

        rig.Run(1900);

        rig.Verdicts.Should().BeEmpty();
        rig.Answers.First().RoundTrip.Should().Be(TimeSpan.FromMilliseconds(400));
    }

    [Test]
    public void Complete_AnswerAfterItsDeadline_CountsForNothing()
    {
        var rig = new CoreRig(fall: 1) { Network = (_, _) => Fate.Answer(501) };
        rig.Give(A);

        rig.Run(10_000);

        rig.Answers.Should().BeEmpty();
        rig.Verdicts.Should().ContainSingle(verdict => verdict.Failed);
    }

    [Test]
    public void Complete_Refused_FailsAtThePaceOfASuspectAndNotInATightLoop()
    {
        var rig = new CoreRig(fall: 3) { Network = (_, _) => Fate.Refuse(1) };
        rig.Give(A);

        rig.Run(1000);

        var times = rig.SentTimes(A).ToArray();
        times.Take(3).Select(at => at - times[0]).Should().Equal(0, 50, 100);
        rig.Verdicts.Single().Reason.Should().Be("refused");
        rig.Verdicts.Single().At.TotalMilliseconds.Should().Be(times[2] + 1);
    }

    [Test]
    public void Complete_RefusalsBehindAnUndecidedProbe_WaitForIt()
    {
        // Probe 0 is answered late, 1 and 2 are refused before: by the order of sending the run is 1 and 2, broken by nothing.
        var rig = new CoreRig(fall: 2, intervalMilliseconds: 10_000) { Network = (_, nth) => nth switch { 0 => Fate.Answer(120), 1 => Fate.Refuse(1), _ => Fate.Answer(1) } };
        rig.Give(A);

        rig.Run(5000);

        rig.Verdicts.Should().BeEmpty();
        rig.Failures.Should().ContainSingle();
    }

    [Test]
    public void Complete_Trouble_NeitherLengthensNorBreaksARun()
    {
        var rig = new CoreRig(fall: 2) { Network = (_, nth) => nth == 1 ? Fate.Trouble(0) : Fate.Refuse(0) };
        rig.Give(A);

        rig.Run(3000);

        rig.Verdicts.Single().Failed.Should().BeTrue();
        rig.SentTimes(A).Should().HaveCountGreaterThanOrEqualTo(3);
        rig.Troubles.Should().ContainSingle();
    }

    [Test]
    public void Complete_LastingTrouble_IsNotProbedFasterThanOnceASecond()
    {
        var rig = new CoreRig { Network = (_, _) => Fate.Trouble(0) };
        rig.Give(A);

        rig.Run(10_000);

        rig.Sent.Count.Should().BeInRange(9, 12);
        rig.Verdicts.Should().BeEmpty();
        rig.Core.IsDecided.Should().BeFalse();
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Complete_FailedHostAnswers_IsBackAfterRiseProbes(int rise)
    {
        var rig = new CoreRig(rise: rise, intervalMilliseconds: 1000) { Network = (_, nth) => nth < 4 ? Fate.Lost : Fate.Answer(1) };
        rig.Give(A);

        rig.Run(20_000);

        rig.Verdicts.Select(verdict => verdict.Failed).Should().Equal(true, false);
        rig.Sent.Count(probe => probe.SentAt < rig.Verdicts[1].At).Should().Be(4 + rise);
    }

    [Test]
    public void Attend_FailedHost_IsProbedOnceAnInterval()
    {
        var rig = new CoreRig { Network = (_, _) => Fate.Lost };
        rig.Give(A);

        rig.Run(20_000);

        Gaps(rig.SentTimes(A).Skip(3)).Should().OnlyContain(gap => gap >= 1799 && gap <= 2001);
    }

    [Test]
    public void Attend_DeadlineLongerThanTheInterval_ProbesNoFailedHostTwiceAtOnce()
    {
        var rig = new CoreRig(intervalMilliseconds: 100, timeoutMilliseconds: 1000) { Network = (_, _) => Fate.Lost };
        rig.Give(A);

        rig.Run(10_000);

        Gaps(rig.SentTimes(A).Skip(2)).Should().OnlyContain(gap => gap >= 1000);
    }

    [Test]
    public void Attend_HostIsSilent_DelaysNoOther()
    {
        var rig = new CoreRig(intervalMilliseconds: 100, timeoutMilliseconds: 60_000) { Network = (host, _) => host == B ? Fate.Lost : Fate.Answer(1) };
        rig.Give(A, B);

        rig.Run(10_000);

        Gaps(rig.SentTimes(A)).Should().OnlyContain(gap => gap <= 101);
    }

    [Test]
    public void SetHosts_HostGone_IsInNoListAndItsProbesAreAbandoned()
    {
        var rig = new CoreRig { Network = (_, _) => Fate.Lost };
        rig.Give(A);
        rig.Run(3000);
        rig.Core.Failed.Should().ContainSingle();
        var version = rig.Core.Version;

        rig.Give();

        rig.Core.Failed.Should().BeEmpty();
        rig.Core.Version.Should().BeGreaterThan(version);
        rig.Core.Next.Should().BeNull();
        rig.Abandoned.Should().HaveCount(rig.Sent.Count);
    }

    [Test]
    public void SetHosts_HostBackWithProbesUnderWay_StartsOver()
    {
        var rig = new CoreRig { Network = (_, nth) => nth == 0 ? Fate.Answer(100) : Fate.Lost };
        rig.Give(A);
        rig.Run(20);

        rig.Give();
        rig.Give(A);
        rig.Run(1000);

        rig.Answers.Should().BeEmpty("that answer was to the host's earlier life");
        rig.Core.IsFailed(rig.Sent[0].Request.Address).Should().BeTrue();
    }

    [Test]
    public void SetHosts_HostStays_KeepsWhatIsKnown()
    {
        var rig = new CoreRig { Network = (_, _) => Fate.Lost };
        rig.Give(A);
        rig.Run(3000);
        var sent = rig.SentTimes(A).Count();

        rig.Give(A, B);
        rig.Run(100);

        rig.Core.IsFailed(rig.Sent[0].Request.Address).Should().BeTrue();
        rig.SentTimes(A).Count().Should().BeInRange(sent, sent + 1);
    }

    private static IEnumerable<int> Gaps(IEnumerable<int> times) => times.Zip(times.Skip(1), (before, after) => after - before);
}
