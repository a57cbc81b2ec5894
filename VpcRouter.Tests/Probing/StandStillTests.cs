namespace VpcRouter.Tests.Probing;

/// <summary>The prober can't look for a while: no deadline within that while counts.</summary>
internal sealed class StandStillTests
{
    private const string A = "10.0.0.1";

    [TestCase(30)]
    [TestCase(600)]
    [TestCase(5000)]
    public void StandStill_AnswersArriveMeanwhile_AreGoodWithTheirTimeTakenFromTheClock(int milliseconds)
    {
        var rig = Prepared(fall: 1, answerAfter: 10);

        StopJustAfterAProbe(rig, milliseconds);
        rig.Run(3000);

        rig.Verdicts.Should().BeEmpty();
        rig.Failures.Should().BeEmpty();
        rig.Answers.Where(answer => answer.RoundTrip is not null).Should().OnlyContain(answer => answer.RoundTrip <= TimeSpan.FromMilliseconds(51));
    }

    [Test]
    public void StandStill_AnswersGetLostMeanwhile_FailNobodyEvenWithFallOne()
    {
        var rig = Prepared(fall: 1, answerAfter: 10);

        StopJustAfterAProbe(rig, 5000, answersGetLost: true);
        rig.Run(3000);

        rig.Verdicts.Should().BeEmpty();
        rig.Failures.Should().BeEmpty();
    }

    [Test]
    public void StandStill_AShortOneFollows_TheLongOnesLossesFailNobodyAllTheSame()
    {
        // So many hosts that both stops begin before the deadline of the probe that got lost.
        var rig = new CoreRig(intervalMilliseconds: 1000, timeoutMilliseconds: 500, fall: 1) { Network = (_, _) => Fate.Answer(10) };
        rig.Give(Enumerable.Range(1, 8).Select(i => $"10.0.0.{i}"));
        rig.Run(3500);

        for (var i = 0; i < 10; i++)
        {
            StopJustAfterAProbe(rig, 5000, answersGetLost: true);
            rig.Run(20);
            rig.StandStill(200);
            rig.Run(2000);
        }

        rig.Verdicts.Should().BeEmpty();
        rig.Failures.Should().BeEmpty();
    }

    [Test]
    public void StandStill_AShortOneFollows_HostThatDiesThenIsFoundInTime()
    {
        var rig = Prepared(fall: 2, answerAfter: 10);
        var dead = false;
        rig.Network = (_, _) => dead ? Fate.Lost : Fate.Answer(10);
        StopJustAfterAProbe(rig, 5000, answersGetLost: true);
        dead = true;

        rig.Run(1000);
        rig.StandStill(600);
        rig.Run(2000);

        rig.Verdicts.Should().ContainSingle(verdict => verdict.Failed);
    }

    [Test]
    public void StandStill_ManyTimesAndHostAnswers_FailsNobody()
    {
        var rig = Prepared(fall: 2, answerAfter: 10);

        for (var i = 0; i < 50; i++)
        {
            rig.Run(37);
            rig.StandStill(700, answersGetLost: i % 2 == 0);
        }

        rig.Verdicts.Should().BeEmpty();
    }

    [Test]
    public void StandStill_ManyTimesAndHostIsDead_IsFoundAllTheSame()
    {
        var rig = Prepared(fall: 2, answerAfter: null);

        for (var i = 0; i < 200; i++)
        {
            rig.Run(20);
            rig.StandStill(60);
        }

        rig.Verdicts.Should().ContainSingle(verdict => verdict.Failed);
    }

    [Test]
    public void StandStill_ShorterThanAnybodyNotices_ReadsWhatArrivedFirst()
    {
        // Answers come just before the deadline, and the look comes just after it.
        var rig = Prepared(fall: 1, answerAfter: 495);

        for (var i = 0; i < 20; i++)
        {
            var sent = rig.Sent.Count;
            while (rig.Sent.Count == sent)
                rig.Run(1);
            rig.Run(490);
            rig.StandStill(19);
        }

        rig.Verdicts.Should().BeEmpty();
    }

    private static CoreRig Prepared(int fall, int? answerAfter)
    {
        var rig = new CoreRig(intervalMilliseconds: 1000, timeoutMilliseconds: 500, fall: fall) { Network = (_, nth) => nth < 3 ? Fate.Answer(10) : answerAfter is { } after ? Fate.Answer(after) : Fate.Lost };
        rig.Give(A);
        rig.Run(3500);
        return rig;
    }

    private static void StopJustAfterAProbe(CoreRig rig, int milliseconds, bool answersGetLost = false)
    {
        var sent = rig.Sent.Count;
        while (rig.Sent.Count == sent)
            rig.Run(1);
        rig.StandStill(milliseconds, answersGetLost);
    }
}
