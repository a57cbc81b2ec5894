namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// What was told to the router. What came at an earlier instant it has taken in, for everything came to rest in between; what comes at
/// this very instant it may or may not know yet.
/// </summary>
internal sealed class Recent<T>(TimeProvider time)
    where T : class
{
    private readonly List<(DateTimeOffset At, T Value)> _values = [];

    public T? Newest => _values.Count == 0 ? null : _values[^1].Value;

    public void Tell(T value)
    {
        var now = time.GetUtcNow();
        var known = _values.FindLastIndex(value => value.At < now);
        if (known > 0)
            _values.RemoveRange(0, known);
        _values.Add((now, value));
    }

    /// <summary>What the router may go by at this instant.</summary>
    public IEnumerable<T> Known()
    {
        var first = Math.Max(0, _values.FindLastIndex(value => value.At < time.GetUtcNow()));
        return _values.Skip(first).Select(value => value.Value);
    }
}
