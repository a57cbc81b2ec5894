using System.Collections.Immutable;
using System.Net;
using VpcRouter.Vpc;

namespace VpcRouter.RouteSpecs;

/// <summary>One destination of a route spec with the hosts that may route it. Immutable.</summary>
/// <param name="Destination">What the route matches.</param>
/// <param name="Hosts">The eligible hosts, each once, in order of priority. With none, the route is left as it is, or leads to <see cref="Fallback"/>.</param>
public sealed record RouteEntry(RouteDestination Destination, ImmutableArray<IPAddress> Hosts)
{
    /// <summary>How a router is chosen. Default: <see cref="RouterSelectionMode.Spread"/>.</summary>
    public RouterSelectionMode Select { get; init; }

    /// <summary>How long a preferred host must have been healthy before an ordered or zone route returns to it; <see langword="null"/> (the default) means never.</summary>
    public TimeSpan? Failback { get; init; }

    /// <summary>Where the route points while no host is usable; <see langword="null"/> (the default) leaves it alone.</summary>
    public RouteTarget? Fallback { get; init; }

    /// <summary>The only route tables meant, by id; empty (the default) means every managed one.</summary>
    public ImmutableArray<string> RouteTables { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(RouteEntry? other) =>
        other is not null && Destination == other.Destination && Select == other.Select && Failback == other.Failback
        && Fallback == other.Fallback && Hosts.SequenceEqual(other.Hosts) && RouteTables.SequenceEqual(other.RouteTables);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Destination, Select, Failback, Fallback, Hosts.Length);
}
