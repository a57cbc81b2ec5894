using System.Threading.RateLimiting;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>One token bucket per action, as EC2 keeps them. It runs on the system's clock.</summary>
internal sealed class TokenBucketLimiters : IWriteLimiterFactory
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(20);

    public RateLimiter Create(WriteAction action, WriteLimits limits)
    {
        // The limiter's timer counts whole milliseconds, and a period of none would never come round again.
        var tokens = Math.Max(1, (int)Math.Ceiling(limits.PerSecond * ShortestPeriod.TotalSeconds));
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / limits.PerSecond),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            AutoReplenishment = true,
        });
    }
}
