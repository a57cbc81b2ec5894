using CsCheck;

namespace VpcRouter.Tests.Probing;

/// <summary>How long a verdict took, from the sending of the first probe of the failing run.</summary>
internal sealed class DetectionTests
{
    private const string A = "10.0.0.1";

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Detection_HostGoesSilent_IsTheTimeoutAndAPaceForEachFurtherProbe(int fall)
    {
        var rig = new CoreRig(intervalMilliseconds: 1000, timeoutMilliseconds: 500, fall: fall) { Network = (_, nth) => nth < 3 ? Fate.Answer(10) : Fate.Lost };
        rig.Give(A);

        rig.Run(6000);

        rig.Detections.Should().Equal(TimeSpan.FromMilliseconds(500 + ((fall - 1) * 50)));
        rig.Detections[0].Should().Be(rig.Verdicts.Single().At - rig.Sent[3].SentAt);
    }

    [Test]
    public void Detection_AnAnswerBetween_CountsFromTheRunThatFailed()
    {
        // Lost, answered, lost, lost.
        var rig = new CoreRig(intervalMilliseconds: 1000, timeoutMilliseconds: 500, fall: 2) { Network = (_, nth) => nth is 2 or > 3 ? Fate.Lost : Fate.Answer(10) };
        rig.Give(A);

        rig.Run(9000);

        rig.Detections.Should().Equal(rig.Verdicts.Single().At - rig.Sent[4].SentAt);
    }

    [Test]
    public void Detection_ProbersTroubleFirst_DoesNotCount()
    {
        var rig = new CoreRig(intervalMilliseconds: 1000, timeoutMilliseconds: 500, fall: 2) { Network = (_, nth) => nth switch { < 2 => Fate.Answer(10), < 5 => Fate.Trouble(1), _ => Fate.Refuse(1) } };
        rig.Give(A);

        rig.Run(9000);

        rig.Detections.Should().Equal(rig.Verdicts.Single().At - rig.Sent[5].SentAt);
    }

    [Test]
    public void Detection_AnyTiming_FromAProbeOfTheHostToTheVerdict() => Gen.Select(Gen.Int[1, 4], Gen.Int[100, 1000], Gen.Int[20, 250], Gen.Int[0, 2].Array[1, 40]).Sample(
        sample =>
        {
            var (fall, interval, timeout, fates) = sample;
            var rig = new CoreRig(interval, timeout, fall) { Network = (_, nth) => fates[nth % fates.Length] switch { 0 => Fate.Lost, 1 => Fate.Refuse(5), _ => Fate.Answer(5) } };
            var sound = true;
            rig.OnVerdict = (_, failed) => sound &= !failed || rig.Sent.SkipWhile(probe => probe.SentAt < rig.Now - rig.Detections[^1]).ToArray() is var run && run[0].SentAt == rig.Now - rig.Detections[^1] && run.Length >= fall;
            rig.Give(A);
            rig.Run(5 * interval);
            return sound && rig.Detections.Count == rig.Verdicts.Count(verdict => verdict.Failed);
        },
        iter: 200);
}
