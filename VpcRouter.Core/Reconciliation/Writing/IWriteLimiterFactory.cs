using System.Threading.RateLimiting;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// Makes the limiter that each write asks for one permit; a seam, so that tests run on a clock of their own. Thread-safe.
/// </summary>
internal interface IWriteLimiterFactory
{
    /// <summary>Makes the limiter of one API action. The caller disposes it.</summary>
    /// <param name="action">The action.</param>
    /// <param name="limits">How fast routes may be written.</param>
    /// <returns>A limiter whose <c>AcquireAsync</c> waits for a permit; one that refuses instead is asked again later.</returns>
    RateLimiter Create(WriteAction action, WriteLimits limits);
}
