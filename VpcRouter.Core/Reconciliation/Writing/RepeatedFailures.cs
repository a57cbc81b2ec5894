namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// Keeps a failure that repeats, on one route or on many, from filling the log: of each kind the first is told, then one every ten
/// minutes that says how many there were. Thread-safe.
/// </summary>
internal sealed class RepeatedFailures(TimeProvider time)
{
    /// <summary>How long a kind of failure isn't told again.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset ToldAt, int Untold)> _kinds = [];

    /// <summary>Counts a failure.</summary>
    /// <param name="kind">What makes two failures the same, such as an error code.</param>
    /// <returns>How many were not told since the last that was; <see langword="null"/> when this one isn't to be told either.</returns>
    public int? Count(string kind)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_kinds.TryGetValue(kind, out var before) || now - before.ToldAt >= Silence)
            {
                _kinds[kind] = (now, 0);
                return before.Untold;
            }

            _kinds[kind] = before with { Untold = before.Untold + 1 };
            return null;
        }
    }
}
