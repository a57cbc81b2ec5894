using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>Keeps a write that failed from being tried again at once: 1 s, then twice as long each time, up to a minute. Thread-safe.</summary>
internal sealed class WriteBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Lock _lock = new();
    private readonly Dictionary<RouteKey, (RouteTarget? From, RouteTarget? To, int Failures, DateTimeOffset NotBefore)> _failed = [];

    /// <summary>When the first of the failed writes may be tried again; <see langword="null"/> when none has failed.</summary>
    public DateTimeOffset? NextRetryAt
    {
        get
        {
            lock (_lock)
                return _failed.Count == 0 ? null : _failed.Values.Min(failed => failed.NotBefore);
        }
    }

    /// <summary>Whether a change must wait. A change from or to another target than the failed one needn't.</summary>
    public bool Holds(RouteChange change, DateTimeOffset now)
    {
        lock (_lock)
            return _failed.TryGetValue(RouteKey.Of(change), out var failed) && IsSame(failed.From, failed.To, change) && failed.NotBefore > now;
    }

    public void Record(RouteChange change, VpcApiException? error, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (error is null)
            {
                _failed.Remove(RouteKey.Of(change));
                return;
            }

            var failures = _failed.TryGetValue(RouteKey.Of(change), out var before) && IsSame(before.From, before.To, change) ? before.Failures + 1 : 1;
            _failed[RouteKey.Of(change)] = (change.From, change.To, failures, now + DelayAfter(failures, error.Kind));
        }
    }

    /// <summary>Forgets failures that no change of a new plan repeats.</summary>
    public void KeepOnly(RoutePlan plan)
    {
        lock (_lock)
        {
            if (_failed.Count == 0)
                return;
            var wanted = plan.Changes.Select(RouteKey.Of).ToHashSet();
            foreach (var key in _failed.Keys.Where(key => !wanted.Contains(key)).ToList())
                _failed.Remove(key);
        }
    }

    private static bool IsSame(RouteTarget? from, RouteTarget? to, RouteChange change) => from == change.From && to == change.To;

    // A full table doesn't empty itself within seconds.
    internal static TimeSpan DelayAfter(int failures, VpcApiErrorKind kind)
    {
        if (kind == VpcApiErrorKind.RouteLimitExceeded)
            return Longest;
        var delay = First * Math.Pow(2, Math.Min(failures - 1, 10));
        return delay < Longest ? delay : Longest;
    }
}
