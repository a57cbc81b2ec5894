namespace VpcRouter.Tests.ModelCheck;

/// <summary>How often what was done to the routers of all scenarios.</summary>
internal sealed class FaultCounts
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int this[string what] => _counts.GetValueOrDefault(what);

    public void Add(string what, int times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value}"));
}
