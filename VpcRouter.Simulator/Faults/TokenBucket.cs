namespace VpcRouter.Simulator.Faults;

/// <summary>
/// A token bucket at one moment. Own arithmetic, because the platform's rate limiters read the system's clock and no
/// <see cref="TimeProvider"/>.
/// </summary>
/// <param name="Tokens">What it holds.</param>
/// <param name="At">The moment, counted from any fixed point.</param>
internal readonly record struct TokenBucket(double Tokens, TimeSpan At)
{
    // Refills add up in binary fractions: ten tenths of a token have to make one.
    private const double Rounding = 1e-6;

    /// <summary>The bucket a moment later and, when it holds a whole token, without it.</summary>
    public (bool Taken, TokenBucket Next) Take(ThrottleLimit limit, TimeSpan now)
    {
        // Callers that measured the time in another order than they came don't drain the bucket.
        var passed = now > At ? now - At : TimeSpan.Zero;
        var tokens = Math.Min(limit.Burst, Tokens + (passed.TotalSeconds * limit.RefillPerSecond));
        var taken = tokens >= 1 - Rounding;
        return (taken, new TokenBucket(taken ? Math.Max(0, tokens - 1) : tokens, At + passed));
    }
}
