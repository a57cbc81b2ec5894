using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

/// <summary>What becomes of a probe, and after how many milliseconds; never, when it gets lost.</summary>
internal readonly record struct Fate(ProbeOutcome Outcome, int? After)
{
    public static Fate Lost => new(ProbeOutcome.Dead, null);

    public static Fate Answer(int after) => new(ProbeOutcome.Alive, after);

    public static Fate Refuse(int after) => new(ProbeOutcome.Dead, after);

    public static Fate Trouble(int after) => new(ProbeOutcome.Inconclusive, after);
}
