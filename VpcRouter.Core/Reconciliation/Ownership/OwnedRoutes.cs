using Microsoft.Extensions.Logging;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Ownership;

/// <summary>
/// Remembers, beyond the end of the process, which routes VpcRouter wrote where the target alone doesn't tell: default routes, and
/// routes to what stands in for a host. A route is claimed before it is written, and a claim counts only while the route has exactly
/// the target that was written: so a crash between the two loses nothing, and claims nothing that somebody else made. Thread-safe.
/// </summary>
/// <param name="store">Where claims are kept; <see langword="null"/> for this process's memory only.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told that claims can't be kept.</param>
internal sealed partial class OwnedRoutes(IOwnedRouteStore? store, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How long a claim is kept that the VPC doesn't bear out: as long as EC2 may show an older state.</summary>
    public static readonly TimeSpan Memory = OwnWrites.Memory;

    // A failover of the default route waits for the disk, but not for a broken one.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private readonly RepeatedFailures _failures = new(time);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _saving = new(1);
    private readonly Dictionary<RouteKey, Dictionary<RouteTarget, DateTimeOffset>> _claims = [];
    private string? _vpcId;
    private int _version;
    private int _savedVersion;

    /// <summary>Whether the target alone doesn't tell that a route is ours.</summary>
    public static bool MustBeRemembered(OwnedRoute route) => MustBeRemembered(route.Destination, route.Target);

    public bool IsOurs(string routeTableId, Route route)
    {
        lock (_lock)
            return _claims.TryGetValue(new RouteKey(routeTableId, route.Destination), out var targets) && targets.ContainsKey(route.Target);
    }

    /// <summary>Claims what a write is about to make, where that must be remembered. Waits until it is kept, but never long.</summary>
    public Task ClaimAsync(RouteChange change)
    {
        if (!MustBeRemembered(change))
            return Task.CompletedTask;
        lock (_lock)
        {
            if (!_claims.TryGetValue(RouteKey.Of(change), out var targets))
                _claims[RouteKey.Of(change)] = targets = [];
            if (targets.TryAdd(change.To!.Value, time.GetUtcNow()))
                _version++;
        }

        return SaveAsync();
    }

    /// <summary>Takes a write's answer in: what succeeded replaces every earlier claim, what EC2 refused was never ours.</summary>
    public Task SettleAsync(RouteChangeOutcome outcome)
    {
        var key = RouteKey.Of(outcome.Change);
        lock (_lock)
        {
            if (!_claims.TryGetValue(key, out var targets))
                return Task.CompletedTask;
            if (outcome.Succeeded)
                KeepOnly(key, targets, MustBeRemembered(outcome.Change) ? outcome.Change.To : null);
            else if (outcome.Error!.Kind != VpcApiErrorKind.Unavailable && outcome.Change.To is { } to)
                Drop(key, targets, to);
        }

        return SaveAsync();
    }

    /// <summary>Learns from a look: the first finds out what was kept, each drops what the VPC hasn't borne out for a while.</summary>
    public void Learn(VpcSnapshot seen)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_vpcId is null)
                Load(seen.VpcId, now);
            if (_claims.Count == 0)
                return;
            var tables = seen.RouteTables.ToDictionary(table => table.Id);
            foreach (var (key, targets) in _claims.ToList())
            {
                var shown = TargetOf(tables.GetValueOrDefault(key.RouteTableId), key.Destination);
                foreach (var (target, at) in targets.ToList())
                {
                    if (target == shown)
                        targets[target] = now;
                    else if (now - at >= Memory)
                        Drop(key, targets, target);
                }
            }
        }

        _ = SaveAsync();
    }

    public void Dispose() => _saving.Dispose();

    private static bool MustBeRemembered(RouteChange change) => change.To is { } target && MustBeRemembered(change.Destination, target);

    private static bool MustBeRemembered(RouteDestination destination, RouteTarget target) =>
        destination.IsDefaultRoute || target.Kind != RouteTargetKind.NetworkInterface;

    private static RouteTarget? TargetOf(RouteTable? table, RouteDestination destination) =>
        table?.Routes.FirstOrDefault(route => route.IsCreated && route.Destination == destination)?.Target;

    private void Load(string vpcId, DateTimeOffset now)
    {
        _vpcId = vpcId;
        foreach (var route in store?.Load(vpcId) ?? [])
        {
            var key = new RouteKey(route.RouteTableId, route.Destination);
            if (!_claims.TryGetValue(key, out var targets))
                _claims[key] = targets = [];
            targets[route.Target] = now;
        }
    }

    private void KeepOnly(RouteKey key, Dictionary<RouteTarget, DateTimeOffset> targets, RouteTarget? kept)
    {
        foreach (var other in targets.Keys.Where(target => target != kept).ToList())
            Drop(key, targets, other);
        if (kept is { } target)
            targets[target] = time.GetUtcNow();
    }

    private void Drop(RouteKey key, Dictionary<RouteTarget, DateTimeOffset> targets, RouteTarget target)
    {
        if (!targets.Remove(target))
            return;
        _version++;
        if (targets.Count == 0)
            _claims.Remove(key);
    }

    private async Task SaveAsync()
    {
        lock (_lock)
        {
            if (store is null || _vpcId is null || _savedVersion == _version)
                return;
        }

        await Task.Run(SaveNewestAsync).WaitAsync(LongestWait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Whoever waited while another saved finds his own claims saved with the other's most of the time.
    private async Task SaveNewestAsync()
    {
        await _saving.WaitAsync().ConfigureAwait(false);
        try
        {
            List<OwnedRoute> routes;
            int version;
            lock (_lock)
            {
                if (_savedVersion == _version)
                    return;
                version = _version;
                routes = [.. _claims.SelectMany(claim => claim.Value.Keys.Select(target => new OwnedRoute(claim.Key.RouteTableId, claim.Key.Destination, target)))];
            }

            store!.Save(_vpcId!, routes);
            lock (_lock)
                _savedVersion = version;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_failures.Count("save") is not null)
                Log.NotKept(logger, e.Message);
        }
        finally
        {
            _saving.Release();
        }
    }
}
