namespace VpcRouter.Simulator.Metadata;

/// <summary>The session tokens of IMDSv2. Thread-safe.</summary>
internal sealed class TokenStore(TimeProvider time)
{
    /// <summary>Six hours, as Amazon's metadata service allows.</summary>
    public const int MaxTtlSeconds = 21_600;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _expiry = new(StringComparer.Ordinal);

    public string Issue(int ttlSeconds)
    {
        var token = Guid.NewGuid().ToString("N");
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var expired in _expiry.Where(t => t.Value <= now).Select(t => t.Key).ToList())
                _expiry.Remove(expired);
            _expiry[token] = now.AddSeconds(ttlSeconds);
        }

        return token;
    }

    public bool IsValid(string? token)
    {
        lock (_gate)
            return token is not null && _expiry.TryGetValue(token, out var expiry) && expiry > time.GetUtcNow();
    }
}
