using CsCheck;
using VpcRouter.Health;

namespace VpcRouter.Tests.Health;

internal sealed class HealthTrackerProperties
{
    private const int Hosts = 5;

    // A host removed or added (null), a result (true, false) or an inconclusive probe (no value).
    private static readonly Gen<(int Host, bool Toggle, bool? Success)> GenStep = Gen.Select(Gen.Int[0, Hosts - 1], Gen.Frequency((1, Gen.Const(-1)), (6, Gen.Const(0)), (6, Gen.Const(1)), (2, Gen.Const(2))),
        (host, kind) => (host, kind == -1, kind is 0 or 1 ? kind == 1 : (bool?)null));

    private static readonly Gen<(int Fall, int Rise, (int Host, bool Toggle, bool? Success)[] Steps)> GenRun =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], GenStep.Array[0, 80]);

    [Test]
    public void Verdicts_AnyHistory_FollowTheRunsOfResults() => GenRun.Sample(run =>
    {
        var tracker = new HealthTracker(run.Fall, run.Rise);
        var histories = new Dictionary<int, List<bool>>();
        foreach (var step in run.Steps)
        {
            Step(tracker, histories, step);
            var expected = histories.Where(known => Expected(known.Value, run.Fall, run.Rise)).Select(known => known.Key);
            if (!tracker.Failed.Order().SequenceEqual(expected.Order()) || histories.Keys.Any(host => tracker.IsFailed(host) != tracker.Failed.Contains(host)))
                return false;
        }

        return true;
    });

    [Test]
    public void Changes_AnyHistory_AreToldExactlyWhenTheListChanged() => GenRun.Sample(run =>
    {
        var tracker = new HealthTracker(run.Fall, run.Rise);
        var histories = new Dictionary<int, List<bool>>();
        foreach (var step in run.Steps)
        {
            var before = tracker.Failed.ToHashSet();
            var told = Step(tracker, histories, step);
            if (told == before.SetEquals(tracker.Failed))
                return false;
        }

        return true;
    });

    private static bool Step(HealthTracker tracker, Dictionary<int, List<bool>> histories, (int Host, bool Toggle, bool? Success) step)
    {
        if (step.Toggle && histories.Remove(step.Host))
            return tracker.Remove(step.Host);
        if (!histories.TryGetValue(step.Host, out var history))
        {
            tracker.Add(step.Host);
            histories[step.Host] = history = [];
        }

        if (step.Success is { } success)
        {
            history.Add(success);
            return tracker.Record(step.Host, success);
        }

        tracker.RecordInconclusive(step.Host);
        return false;
    }

    /// <summary>The rule itself, from the whole history: the newest full run decides.</summary>
    private static bool Expected(List<bool> history, int fall, int rise)
    {
        var failed = false;
        for (var end = 1; end <= history.Count; end++)
        {
            var newest = history.Take(end).Reverse().ToArray();
            if (newest.TakeWhile(success => !success).Count() >= fall)
                failed = true;
            else if (newest.TakeWhile(success => success).Count() >= rise)
                failed = false;
        }

        return failed;
    }
}
