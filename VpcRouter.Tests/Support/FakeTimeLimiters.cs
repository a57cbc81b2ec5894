using System.Threading.RateLimiting;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;

namespace VpcRouter.Tests.Support;

/// <summary>The production limits on a test's clock.</summary>
internal sealed class FakeTimeLimiters(TimeProvider time) : IWriteLimiterFactory
{
    public RateLimiter Create(WriteAction action, WriteLimits limits) => new FakeTimeLimiter(limits.Burst, limits.PerSecond, time);
}
