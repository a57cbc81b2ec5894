namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// Chance that depends on the seed, on what is rolled for and on how often that was rolled for before, and on nothing else: one call
/// more or less somewhere leaves the luck of all others as it was.
/// </summary>
internal sealed class Dice(int seed)
{
    private readonly Dictionary<string, uint> _rolls = [];

    /// <summary>From 0 to below 1.</summary>
    public double Roll(string what)
    {
        var number = _rolls[what] = _rolls.GetValueOrDefault(what) + 1;
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var c in what)
            hash = (hash ^ c) * 1099511628211UL;
        hash = Mix(hash + (number * 0x9E3779B97F4A7C15UL));
        return (hash >> 11) / (double)(1UL << 53);
    }

    public bool Chance(string what, double probability) => Roll(what) < probability;

    public TimeSpan Between(string what, double fromSeconds, double toSeconds) =>
        TimeSpan.FromMilliseconds(Math.Round(1000 * (fromSeconds + ((toSeconds - fromSeconds) * Roll(what)))));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
