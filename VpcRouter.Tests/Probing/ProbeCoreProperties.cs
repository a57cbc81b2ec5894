using CsCheck;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

internal sealed class ProbeCoreProperties
{
    private static readonly string[] Hosts = ["10.0.0.1", "10.0.0.2", "10.0.0.3"];

    private static readonly Gen<Fate> GenFate = Gen.Frequency(
        (5, Gen.Int[0, 300].Select(Fate.Answer)),
        (5, Gen.Const(Fate.Lost)),
        (2, Gen.Int[0, 300].Select(Fate.Refuse)),
        (1, Gen.Int[0, 20].Select(Fate.Trouble)));

    // Run for so long, then stand still for so long (mostly not), then perhaps have another host list (a bit a host; 0 for none).
    private static readonly Gen<(int Run, int StandStill, bool Losing, int List)> GenStep = Gen.Select(
        Gen.Int[1, 400],
        Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[1, 1000])),
        Gen.Bool,
        Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[1, 7])));

    private static readonly Gen<(int Fall, int Rise, int Interval, int Timeout, Fate[] Fates, (int Run, int StandStill, bool Losing, int List)[] Steps)> GenCase =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[100, 1000], Gen.Int[20, 250], GenFate.Array[1, 40], GenStep.Array[1, 25]);

    [Test]
    public void Failed_AnyNetwork_OnlyAfterFallProbesInARow() => GenCase.Sample(
        sample =>
        {
            var rig = new CoreRig(sample.Interval, sample.Timeout, sample.Fall, sample.Rise) { Network = (host, nth) => sample.Fates[(nth + host[^1]) % sample.Fates.Length] };
            var sound = true;
            rig.OnVerdict = (host, failed) => sound &= !failed || HasFullRun(rig, host, sample.Fall);
            Play(rig, sample.Steps, () => { });
            return sound;
        },
        iter: 300);

    [Test]
    public void Failed_AnyNetwork_HoldsOnlyHostsOfTheListAndTellsOfEachChange() => GenCase.Sample(
        sample =>
        {
            var rig = new CoreRig(sample.Interval, sample.Timeout, sample.Fall, sample.Rise) { Network = (host, nth) => sample.Fates[(nth + host[^1]) % sample.Fates.Length] };
            var (sound, version, before) = (true, rig.Core.Version, new HashSet<string>());
            Play(rig, sample.Steps, () =>
            {
                var now = rig.Core.Failed.Select(host => host.ToString()).ToHashSet();
                sound &= rig.Core.FailedCount == now.Count && (version != rig.Core.Version || now.SetEquals(before));
                (version, before) = (rig.Core.Version, now);
            });
            return sound && rig.Core.Failed.All(host => Listed(sample.Steps).Contains(host.ToString()));
        },
        iter: 300);

    [Test]
    public void Failed_HostGoesSilent_WithinTheBound() => Gen.Select(Gen.Int[1, 6], Gen.Int[100, 3000], Gen.Int[100, 1000], Gen.Int[1, 90], Gen.Int[0, 3000]).Sample(
        sample =>
        {
            var (fall, interval, timeout, roundTrip, silentAfter) = sample;
            var rig = new CoreRig(interval, timeout, fall);
            var silent = false;
            rig.Network = (_, _) => silent ? Fate.Lost : Fate.Answer(roundTrip);
            rig.Give(Hosts[0]);
            rig.Run(3 * interval);
            rig.Run(silentAfter);
            silent = true;
            var from = rig.Now;
            // The wait for the next probe, the time-out, and the pace for each further probe; each timer rounds up to a millisecond.
            var pace = Math.Max(50, 4 * (roundTrip + 1));
            rig.Run(Math.Max(interval, roundTrip) + timeout + ((fall - 1) * Math.Max(pace, timeout < pace ? timeout : 0)) + (2 * fall) + 2);
            return rig.Verdicts.Any(verdict => verdict.Failed && verdict.At > from);
        },
        iter: 200);

    private static void Play(CoreRig rig, (int Run, int StandStill, bool Losing, int List)[] steps, Action afterEach)
    {
        rig.Give(Hosts);
        foreach (var step in steps)
        {
            rig.Run(step.Run);
            afterEach();
            if (step.StandStill > 0)
                rig.StandStill(step.StandStill, step.Losing);
            if (step.List > 0)
                rig.Give(Named(step.List));
            afterEach();
        }
    }

    private static IEnumerable<string> Named(int list) => Hosts.Where((_, i) => (list & (1 << i)) != 0);

    private static IEnumerable<string> Listed((int Run, int StandStill, bool Losing, int List)[] steps) =>
        steps.LastOrDefault(step => step.List > 0).List is > 0 and var list ? Named(list) : Hosts;

    /// <summary>The rule itself, from everything sent in the host's present life: before those still open, the last <c>fall</c> that said anything have all failed.</summary>
    private static bool HasFullRun(CoreRig rig, string host, int fall)
    {
        var said = rig.Sent.Where(probe => probe.Host == host && probe.Life == rig.LifeOf(host) && !(probe.Fate.Outcome == ProbeOutcome.Inconclusive && probe.IsDelivered) && !probe.IsMissed).Reverse().ToList();
        var run = said.SkipWhile(probe => !HasFailed(rig, probe)).TakeWhile(probe => HasFailed(rig, probe)).Count();
        var answeredAfter = said.TakeWhile(probe => !HasFailed(rig, probe)).Any(probe => HasAnswered(probe));
        return run >= fall && !answeredAfter;
    }

    private static bool HasFailed(CoreRig rig, SentProbe probe) =>
        !HasAnswered(probe) && (probe.SentAt + rig.Timing.Timeout <= rig.Now || (probe.Fate is { Outcome: ProbeOutcome.Dead, After: not null } && probe.IsDelivered));

    private static bool HasAnswered(SentProbe probe) => probe.Fate.Outcome == ProbeOutcome.Alive && probe.IsDelivered;
}
