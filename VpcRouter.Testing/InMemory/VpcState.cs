using System.Collections.Immutable;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Testing.InMemory;

/// <summary>A VPC at one moment, as it really is, with EC2's rules for writes. Immutable, so that an older one can be shown in its stead.</summary>
internal sealed record VpcState(ImmutableSortedDictionary<string, RouteTable> Tables, ImmutableArray<NetworkInterface> Interfaces)
{
    public string VpcId { get; init; } = "vpc-1";

    public ImmutableHashSet<string> StoppedInstances { get; init; } = [];

    /// <summary>Whether a blackhole loses the id of an interface that is gone. EC2 does either.</summary>
    public bool ForgetsTargets { get; init; }

    public static VpcState Of(VpcSnapshot snapshot) =>
        new(snapshot.RouteTables.ToImmutableSortedDictionary(table => table.Id, table => table, StringComparer.Ordinal), snapshot.NetworkInterfaces) { VpcId = snapshot.VpcId };

    /// <summary>The route that somebody created, or <see langword="null"/>.</summary>
    public Route? RouteAt(string table, RouteDestination destination) =>
        Tables[table].Routes.FirstOrDefault(route => route.IsCreated && route.Destination == destination);

    public VpcState With(string table, RouteDestination destination, RouteTarget target)
    {
        var routes = Tables[table].Routes;
        var route = new Route(destination, target);
        return Put(table, RouteAt(table, destination) is { } existing ? routes.Replace(existing, route) : routes.Add(route));
    }

    public VpcState Without(string table, RouteDestination destination) =>
        Put(table, Tables[table].Routes.RemoveAll(route => route.IsCreated && route.Destination == destination));

    /// <summary>Carries a write out as EC2 does.</summary>
    /// <exception cref="VpcApiException">EC2 refuses it.</exception>
    public VpcState Apply(VpcWrite write)
    {
        if (!Tables.ContainsKey(write.RouteTableId))
            throw new VpcApiException(VpcApiErrorKind.Refused, "InvalidRouteTableID.NotFound", $"there is no route table {write.RouteTableId}");
        var existing = RouteAt(write.RouteTableId, write.Destination);
        switch (write.Action)
        {
            case VpcAction.Create when existing is not null:
                return existing.Target == write.Target ? this : throw new VpcApiException(VpcApiErrorKind.RouteAlreadyExists, "RouteAlreadyExists", $"{write.RouteTableId} has a route to {write.Destination}");
            case VpcAction.Replace when existing is null:
                throw new VpcApiException(VpcApiErrorKind.RouteNotFound, "InvalidParameterValue", $"{write.RouteTableId} has no route to {write.Destination}");
            case VpcAction.Delete when existing is null:
                throw new VpcApiException(VpcApiErrorKind.RouteNotFound, "InvalidRoute.NotFound", $"{write.RouteTableId} has no route to {write.Destination}");
            case VpcAction.Delete:
                return Without(write.RouteTableId, write.Destination);
        }

        return write.Target is { Kind: RouteTargetKind.NetworkInterface } target && !Interfaces.Any(item => item.Id == target.Id)
            ? throw new VpcApiException(VpcApiErrorKind.Refused, "InvalidNetworkInterfaceID.NotFound", $"there is no network interface {target}")
            : With(write.RouteTableId, write.Destination, write.Target!.Value);
    }

    /// <summary>What Describe shows. EC2 answers the calls of a look one by one, so the interfaces may be of another moment than the tables.</summary>
    public VpcSnapshot Show(DateTimeOffset takenAt, VpcState interfacesFrom)
    {
        var byId = Interfaces.ToDictionary(item => item.Id);
        return new(VpcId, takenAt, [.. Tables.Values.Select(table => table with { Routes = [.. table.Routes.Select(route => Show(route, byId))] })], interfacesFrom.ShowInterfaces());
    }

    private Route Show(Route route, Dictionary<string, NetworkInterface> byId)
    {
        if (route.Target.Kind != RouteTargetKind.NetworkInterface)
            return route;
        if (!byId.TryGetValue(route.Target.Id, out var target))
            return route with { State = RouteState.Blackhole, Target = ForgetsTargets ? RouteTarget.None : route.Target };
        return IsRunning(target) ? route : route with { State = RouteState.Blackhole };
    }

    // Whether an instance runs is known only where two interfaces claim an address.
    private ImmutableArray<NetworkInterface> ShowInterfaces()
    {
        var contested = Interfaces.SelectMany(item => item.Addresses).GroupBy(address => address).Where(claims => claims.Count() > 1).Select(claims => claims.Key).ToHashSet();
        return contested.Count == 0
            ? Interfaces
            : [.. Interfaces.Select(item => item.Addresses.Any(contested.Contains) ? item with { IsInstanceRunning = IsRunning(item) } : item)];
    }

    private bool IsRunning(NetworkInterface item) => item.InstanceId is { } instance && !StoppedInstances.Contains(instance);

    private VpcState Put(string table, ImmutableArray<Route> routes) => this with { Tables = Tables.SetItem(table, Tables[table] with { Routes = routes }) };
}
