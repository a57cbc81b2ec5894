namespace VpcRouter.Tests.ModelCheck;

/// <summary>EC2's token bucket for one action of one process, kept to check that no write exceeds it.</summary>
internal sealed class TokenCount(int burst, double perSecond, DateTimeOffset start)
{
    // A limiter may count in lumps of a few milliseconds and round in its own way.
    private const double Tolerance = 0.2;
    private double _tokens = burst;
    private DateTimeOffset _at = start;

    public bool Take(DateTimeOffset now)
    {
        _tokens = Math.Min(burst, _tokens + ((now - _at).TotalSeconds * perSecond)) - 1;
        _at = now;
        return _tokens >= -Tolerance;
    }
}
