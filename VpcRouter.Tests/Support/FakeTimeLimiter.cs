using System.Threading.RateLimiting;

namespace VpcRouter.Tests.Support;

/// <summary>
/// A token bucket that lives on a test's clock; the framework's reads the system's. Waiters get their tokens in the order in which
/// they came. Thread-safe.
/// </summary>
internal sealed class FakeTimeLimiter : RateLimiter
{
    private readonly int _burst;
    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<(TaskCompletionSource<RateLimitLease> Granted, CancellationTokenRegistration Cancelled)> _waiting = [];
    private double _tokens;
    private DateTimeOffset _countedAt;

    public FakeTimeLimiter(int burst, double perSecond, TimeProvider time)
    {
        _burst = burst;
        _perSecond = perSecond;
        _time = time;
        _tokens = burst;
        _countedAt = time.GetUtcNow();
        _timer = time.CreateTimer(_ => Serve(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics()
    {
        lock (_lock)
        {
            Count();
            return new RateLimiterStatistics { CurrentAvailablePermits = (long)_tokens, CurrentQueuedCount = _waiting.Count };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
            return new Lease(_waiting.Count == 0 && TryTake(permitCount));
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        if (permitCount > 1)
            throw new NotSupportedException("Writes ask for one permit at a time.");
        lock (_lock)
        {
            if (_waiting.Count == 0 && TryTake(permitCount))
                return ValueTask.FromResult<RateLimitLease>(new Lease(true));
            var granted = new TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((granted, cancellationToken.Register(() => granted.TrySetCanceled(cancellationToken))));
            Rearm();
            return new ValueTask<RateLimitLease>(granted.Task);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _timer.Dispose();
        base.Dispose(disposing);
    }

    private void Serve()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next))
            {
                var isWaiting = !next.Granted.Task.IsCompleted;
                if (isWaiting && !TryTake(1))
                    break;
                // Cancelled just now, it leaves its token to the next.
                if (!next.Granted.TrySetResult(new Lease(true)) && isWaiting)
                    _tokens++;
                next.Cancelled.Unregister();
                _waiting.Dequeue();
            }

            Rearm();
        }
    }

    private bool TryTake(int tokens)
    {
        Count();
        // Time comes in ticks, a token in fractions of them.
        if (_tokens + 1e-6 < tokens)
            return false;
        _tokens -= tokens;
        return true;
    }

    private void Count()
    {
        var now = _time.GetUtcNow();
        _tokens = Math.Min(_burst, _tokens + ((now - _countedAt).TotalSeconds * _perSecond));
        _countedAt = now;
    }

    private void Rearm()
    {
        if (_waiting.Count > 0)
            _timer.Change(TimeSpan.FromTicks((long)Math.Ceiling(Math.Max(0, 1 - _tokens) / _perSecond * TimeSpan.TicksPerSecond)), Timeout.InfiniteTimeSpan);
    }

    private sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
