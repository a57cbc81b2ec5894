using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Remembers whose routes EC2 has shown as blackholes. Once those routes lead elsewhere nothing shows any more that the instance is
/// stopped, and a plan would lead them back as long as the monitor hasn't noticed. Thread-safe.
/// </summary>
internal sealed class StoppedInterfaces
{
    /// <summary>How long an interface stays out after its last blackhole: ample time for a monitor to find out by itself.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _seenAt = [];

    /// <summary>Learns from a look, and gives it back with the instances that are known to be stopped marked.</summary>
    public VpcSnapshot Learn(VpcSnapshot seen)
    {
        lock (_lock)
        {
            if (_seenAt.Count > 0)
            {
                foreach (var id in Behind(seen, RouteState.Active))
                    _seenAt.Remove(id);
            }

            foreach (var id in Behind(seen, RouteState.Blackhole))
                _seenAt[id] = seen.TakenAt;
            foreach (var (id, at) in _seenAt)
            {
                if (seen.TakenAt - at >= Memory)
                    _seenAt.Remove(id);
            }

            return _seenAt.Count == 0 ? seen : Mark(seen, _seenAt.Keys);
        }
    }

    /// <summary>The interfaces that routes of a state lead to.</summary>
    internal static HashSet<string> Behind(VpcSnapshot seen, RouteState state)
    {
        var interfaces = new HashSet<string>();
        HashSet<string>? instances = null;
        foreach (var table in seen.RouteTables)
        {
            foreach (var route in table.Routes)
            {
                if (route.State != state)
                    continue;
                if (route.Target.Kind == RouteTargetKind.NetworkInterface)
                    interfaces.Add(route.Target.Id);
                else if (route.Target.Kind == RouteTargetKind.Instance)
                    (instances ??= []).Add(route.Target.Id);
            }
        }

        if (instances is not null)
            interfaces.UnionWith(seen.NetworkInterfaces.Where(item => item.InstanceId is { } instance && instances.Contains(instance)).Select(item => item.Id));
        return interfaces;
    }

    internal static VpcSnapshot Mark(VpcSnapshot seen, IReadOnlyCollection<string> stopped) =>
        new(seen.VpcId, seen.TakenAt, seen.RouteTables, [.. seen.NetworkInterfaces.Select(item => stopped.Contains(item.Id) ? item with { IsInstanceRunning = false } : item)]);
}
