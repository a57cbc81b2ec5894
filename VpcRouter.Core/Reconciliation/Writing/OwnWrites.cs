using System.Collections.Immutable;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// Remembers our own writes and lays them over what EC2 shows, until EC2 shows the same or the memory is too old:
/// after a write, Describe may give the old state for seconds. Of a write whose answer didn't come it knows that looking again is
/// worth while, and no more. A write that a look has shown is kept for plans made before that look, which ask for it still. Thread-safe.
/// </summary>
internal sealed class OwnWrites
{
    /// <summary>How long a write is believed against what EC2 shows.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<RouteKey, Write> _writes = [];

    /// <summary>Whether there are writes that EC2 hasn't shown yet, or may still carry out although it didn't answer.</summary>
    public bool AnyUnconfirmed
    {
        get
        {
            lock (_lock)
                return _writes.Values.Any(write => write.ShownBy is null);
        }
    }

    /// <summary>Remembers what a write's answer says about the route.</summary>
    public void Remember(RouteChangeOutcome outcome)
    {
        var key = RouteKey.Of(outcome.Change);
        lock (_lock)
        {
            if (outcome.Succeeded)
                _writes[key] = new Write(outcome.Change.To, outcome.At, IsCertain: true);
            else if (outcome.Error!.Kind == VpcApiErrorKind.Unavailable)
                _writes[key] = new Write(outcome.Change.To, outcome.At, IsCertain: false);
            else if (RouteReconciler.IsContradiction(outcome))
                _writes.Remove(key);
        }
    }

    /// <summary>Whether a write already did what a change asks for.</summary>
    /// <param name="change">The change.</param>
    /// <param name="look">The number of the look that it was planned from: what that look has shown and is wanted all the same, somebody else has undone since.</param>
    public bool Has(RouteChange change, int look)
    {
        lock (_lock)
            return _writes.TryGetValue(RouteKey.Of(change), out var write) && write.IsCertain && write.Target == change.To && !(write.ShownBy <= look);
    }

    /// <summary>Takes in what a fresh look shows, and forgets what is too old.</summary>
    /// <param name="seen">What the look has seen.</param>
    /// <param name="look">The look's number; a later look has a higher one.</param>
    /// <param name="now">The time.</param>
    public void Confirm(VpcSnapshot seen, int look, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_writes.Count == 0)
                return;
            var shown = Shown(seen);
            foreach (var (key, write) in _writes.ToList())
            {
                if (now - write.At >= Memory)
                    _writes.Remove(key);
                else if (write.ShownBy is null && seen.TakenAt >= write.At && (shown.TryGetValue(key, out var target) ? target : null) == write.Target)
                    _writes[key] = write with { IsCertain = true, ShownBy = look };
            }
        }
    }

    /// <summary>The snapshot as it will look once EC2 has caught up with our writes.</summary>
    public VpcSnapshot Overlay(VpcSnapshot seen)
    {
        lock (_lock)
        {
            var byTable = _writes.Where(write => write.Value is { IsCertain: true, ShownBy: null }).ToLookup(write => write.Key.RouteTableId);
            if (byTable.Count == 0)
                return seen;
            return seen.WithRouteTables([.. seen.RouteTables.Select(table => byTable.Contains(table.Id) ? Overlay(table, byTable[table.Id]) : table)]);
        }
    }

    // Each route once: a failover waits for the lock, and must not wait for every write to be searched for in every table.
    private Dictionary<RouteKey, RouteTarget?> Shown(VpcSnapshot seen)
    {
        var tables = _writes.Keys.Select(key => key.RouteTableId).ToHashSet();
        var shown = new Dictionary<RouteKey, RouteTarget?>();
        foreach (var table in seen.RouteTables.Where(table => tables.Contains(table.Id)))
        {
            foreach (var route in table.Routes.Where(route => route.IsCreated))
            {
                var key = new RouteKey(table.Id, route.Destination);
                if (_writes.ContainsKey(key))
                    shown.TryAdd(key, route.Target);
            }
        }

        return shown;
    }

    private static RouteTable Overlay(RouteTable table, IEnumerable<KeyValuePair<RouteKey, Write>> writes)
    {
        var pending = writes.ToDictionary(write => write.Key.Destination, write => write.Value.Target);
        var routes = ImmutableArray.CreateBuilder<Route>(table.Routes.Length + pending.Count);
        foreach (var route in table.Routes)
        {
            // A propagated route may stand beside ours; nothing we write changes it.
            RouteTarget? target = null;
            if (!route.IsCreated || !pending.Remove(route.Destination, out target))
                routes.Add(route);
            else if (target is { } wanted)
                routes.Add(wanted == route.Target ? route : new Route(route.Destination, wanted));
        }

        routes.AddRange(pending.Where(write => write.Value is not null).Select(write => new Route(write.Key, write.Value!.Value)));
        return table with { Routes = routes.DrainToImmutable() };
    }

    private readonly record struct Write(RouteTarget? Target, DateTimeOffset At, bool IsCertain, int? ShownBy = null);
}
