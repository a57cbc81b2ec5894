using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>Keeps a write that failed from being tried again at once: 1 s, then twice as long each time, up to a minute; in a full
/// table five minutes, or until a route of that table was deleted. Thread-safe.</summary>
internal sealed class WriteBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WhileTableIsFull = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<RouteKey, (RouteTarget? From, RouteTarget? To, int Failures, DateTimeOffset NotBefore, bool IsTableFull)> _failed = [];

    /// <summary>When the first of the failed writes may be tried again; <see langword="null"/> when none has failed.</summary>
    public DateTimeOffset? NextRetryAt => NextRetryAfter(DateTimeOffset.MinValue);

    /// <summary>The same, leaving out those that may be tried already.</summary>
    public DateTimeOffset? NextRetryAfter(DateTimeOffset now)
    {
        lock (_lock)
            return _failed.Values.Where(failed => failed.NotBefore > now).Min(failed => (DateTimeOffset?)failed.NotBefore);
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
                if (change.Kind == RouteChangeKind.Delete)
                    ThereIsRoom(change.RouteTableId, now);
                return;
            }

            var failures = _failed.TryGetValue(RouteKey.Of(change), out var before) && IsSame(before.From, before.To, change) ? before.Failures + 1 : 1;
            _failed[RouteKey.Of(change)] = (change.From, change.To, failures, now + DelayAfter(failures, error.Kind), error.Kind == VpcApiErrorKind.RouteLimitExceeded);
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

    private void ThereIsRoom(string routeTableId, DateTimeOffset now)
    {
        foreach (var (key, failed) in _failed.Where(pair => pair.Value.IsTableFull && pair.Key.RouteTableId == routeTableId).ToList())
            _failed[key] = failed with { NotBefore = now };
    }

    // A full table doesn't empty itself within a minute.
    internal static TimeSpan DelayAfter(int failures, VpcApiErrorKind kind)
    {
        if (kind == VpcApiErrorKind.RouteLimitExceeded)
            return WhileTableIsFull;
        var delay = First * Math.Pow(2, Math.Min(failures - 1, 10));
        return delay < Longest ? delay : Longest;
    }
}
