using System.Collections.Immutable;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>The VPC at one moment, as it really is. Immutable, so that an older one can be shown in its stead.</summary>
internal sealed record VpcState(ImmutableSortedDictionary<string, RouteTable> Tables, ImmutableArray<NetworkInterface> Interfaces)
{
    public ImmutableHashSet<string> StoppedInstances { get; init; } = [];

    /// <summary>Whether a blackhole loses the id of an interface that is gone. EC2 does either.</summary>
    public bool ForgetsTargets { get; init; }

    /// <summary>The route that somebody created, or <see langword="null"/>.</summary>
    public Route? RouteAt(string table, RouteDestination destination) =>
        Tables[table].Routes.FirstOrDefault(route => route.IsCreated && route.Destination == destination);

    public VpcState With(string table, RouteDestination destination, RouteTarget target) =>
        Put(table, Without(table, destination).Tables[table].Routes.Add(new Route(destination, target)));

    public VpcState Without(string table, RouteDestination destination) =>
        Put(table, Tables[table].Routes.RemoveAll(route => route.IsCreated && route.Destination == destination));

    /// <summary>What Describe shows. EC2 answers the calls of a look one by one, so the interfaces may be of another moment than the tables.</summary>
    public VpcSnapshot Show(DateTimeOffset takenAt, VpcState interfacesFrom) =>
        new("vpc-1", takenAt, [.. Tables.Values.Select(Show)], interfacesFrom.ShowInterfaces());

    private RouteTable Show(RouteTable table) => table with { Routes = [.. table.Routes.Select(Show)] };

    private Route Show(Route route)
    {
        if (route.Target.Kind != RouteTargetKind.NetworkInterface)
            return route;
        if (Interfaces.FirstOrDefault(item => item.Id == route.Target.Id) is not { } target)
            return route with { State = RouteState.Blackhole, Target = ForgetsTargets ? RouteTarget.None : route.Target };
        return target.InstanceId is { } instance && !StoppedInstances.Contains(instance) ? route : route with { State = RouteState.Blackhole };
    }

    // Whether an instance runs is known only where two interfaces claim an address.
    private ImmutableArray<NetworkInterface> ShowInterfaces()
    {
        var contested = Interfaces.SelectMany(item => item.Addresses).GroupBy(address => address).Where(claims => claims.Count() > 1).Select(claims => claims.Key).ToHashSet();
        return contested.Count == 0
            ? Interfaces
            : [.. Interfaces.Select(item => item.Addresses.Any(contested.Contains) ? item with { IsInstanceRunning = item.InstanceId is { } instance && !StoppedInstances.Contains(instance) } : item)];
    }

    private VpcState Put(string table, ImmutableArray<Route> routes) => this with { Tables = Tables.SetItem(table, Tables[table] with { Routes = routes }) };
}
