namespace VpcRouter.Simulator.Faults;

/// <summary>The token buckets at work. Thread-safe. The first limit that fits a call is the one that counts.</summary>
internal sealed class Throttle(IReadOnlyList<ThrottleLimit> limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ThrottleLimit Limit, string Action), TokenBucket> _buckets = [];
    private readonly Dictionary<string, long> _refused = limits.Select(l => l.Path).Distinct().ToDictionary(p => p, _ => 0L);

    public IReadOnlyList<KeyValuePair<string, long>> Counts
    {
        get
        {
            lock (_gate)
                return [.. _refused];
        }
    }

    public bool Allows(string action, bool isUnfiltered, TimeSpan now)
    {
        var limit = limits.FirstOrDefault(l => (isUnfiltered || !l.UnfilteredOnly) && l.Actions.Matches(action));
        if (limit is null)
            return true;
        lock (_gate)
        {
            var bucket = _buckets.TryGetValue((limit, action), out var known) ? known : new TokenBucket(limit.Burst, now);
            (var taken, _buckets[(limit, action)]) = bucket.Take(limit, now);
            if (!taken)
                _refused[limit.Path]++;
            return taken;
        }
    }
}
