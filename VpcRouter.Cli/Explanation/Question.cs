using System.Net;
using VpcRouter.Hosting;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Cli.Explanation;

/// <summary>What somebody wants explained: a destination, or an address and so the destination that takes its packets.</summary>
internal sealed class Question
{
    private readonly RouteDestination _destination;
    private readonly IPAddress? _address;

    private Question(RouteDestination destination, IPAddress? address) => (_destination, _address) = (destination, address);

    /// <summary>Reads it.</summary>
    /// <returns><see langword="null"/> when it is neither.</returns>
    public static Question? Parse(string text) =>
        RouteDestination.TryParse(text, null, out var destination) ? new Question(destination, null)
        : HostAddress.TryParse(text, out var address) ? new Question(RouteDestination.OfAddress(address), address)
        : null;

    /// <summary>The destination meant: for an address the longest that holds it, in the spec or in a managed table; else the address alone.</summary>
    public RouteDestination DestinationIn(RouterStatus status)
    {
        if (_address is null || status.Spec is not { } spec || status.Snapshot is not { } snapshot)
            return _destination;
        var managed = status.Plan?.ManagedRouteTableIds ?? [];
        return spec.Entries.Select(entry => entry.Destination)
            .Concat(snapshot.RouteTables.Where(table => managed.Contains(table.Id)).SelectMany(table => table.Routes).Select(route => route.Destination))
            .Where(candidate => candidate.Contains(_destination))
            .OrderByDescending(candidate => candidate.Network!.Value.PrefixLength)
            .FirstOrDefault(_destination);
    }
}
