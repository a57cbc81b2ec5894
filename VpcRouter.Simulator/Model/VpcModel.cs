using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Simulator.Model;

/// <summary>
/// Everything EC2 knows about the VPC at one moment. Immutable: a reader keeps a consistent view for as long as it likes,
/// and the rules are functions from one model to the next.
/// </summary>
internal sealed record VpcModel
{
    /// <summary>The account that owns everything.</summary>
    public const string OwnerId = "123456789012";

    /// <summary>Amazon's default number of routes in a table since June 2025.</summary>
    public const int DefaultRouteQuota = 500;

    public required string Region { get; init; }

    public required VpcIdentity Vpc { get; init; }

    public required ImmutableArray<Zone> Zones { get; init; }

    public int RouteQuota { get; init; } = DefaultRouteQuota;

    public ImmutableSortedDictionary<string, Subnet> Subnets { get; init; } = Empty<Subnet>();

    public ImmutableSortedDictionary<string, RouteTable> RouteTables { get; init; } = Empty<RouteTable>();

    public ImmutableSortedDictionary<string, NetworkInterface> Interfaces { get; init; } = Empty<NetworkInterface>();

    public ImmutableSortedDictionary<string, Instance> Instances { get; init; } = Empty<Instance>();

    public ImmutableSortedDictionary<string, PrefixList> PrefixLists { get; init; } = Empty<PrefixList>();

    /// <summary>Ids of gateways, peerings and endpoints that routes may point at.</summary>
    public ImmutableHashSet<string> Gateways { get; init; } = [];

    /// <summary>The hosts by primary address.</summary>
    public ImmutableDictionary<IPAddress, Host> Hosts { get; init; } = ImmutableDictionary<IPAddress, Host>.Empty;

    /// <summary>The primary addresses in the topology's order.</summary>
    public ImmutableArray<IPAddress> HostOrder { get; init; } = [];

    /// <summary>From every address of a host to its primary one.</summary>
    public ImmutableDictionary<IPAddress, IPAddress> HostAddresses { get; init; } = ImmutableDictionary<IPAddress, IPAddress>.Empty;

    /// <summary>From every interface there ever was to its host's primary address.</summary>
    public ImmutableDictionary<string, IPAddress> HostOfInterface { get; init; } = ImmutableDictionary<string, IPAddress>.Empty;

    /// <summary>Detached and deleted interfaces as they were while last attached.</summary>
    public ImmutableDictionary<string, NetworkInterface> LastAttached { get; init; } = ImmutableDictionary<string, NetworkInterface>.Empty;

    /// <summary>How Describe answers show the model; a matter of the reader, not of the VPC.</summary>
    public AnswerShape Shape { get; init; } = AnswerShape.Usual;

    public static ImmutableSortedDictionary<string, T> Empty<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    public RouteTable RequireRouteTable(string id) => RouteTables.TryGetValue(id, out var table)
        ? table
        : throw Ec2Errors.NotFound("InvalidRouteTableID", "routeTable", id);

    public NetworkInterface RequireInterface(string id) => Interfaces.TryGetValue(id, out var networkInterface)
        ? networkInterface
        : throw Ec2Errors.NotFound("InvalidNetworkInterfaceID", "networkInterface", id);

    public Instance RequireInstance(string id) => Instances.TryGetValue(id, out var instance) && !instance.IsForgotten
        ? instance
        : throw Ec2Errors.NotFound("InvalidInstanceID", "instance", id);

    public PrefixList RequirePrefixList(string id) => PrefixLists.TryGetValue(id, out var list)
        ? list
        : throw Ec2Errors.NotFound("InvalidPrefixListID", "prefix list", id);

    public bool IsBlackhole(Route route)
    {
        if (route.Target.Kind != TargetKind.NetworkInterface)
            return false;
        if (!Interfaces.TryGetValue(route.Target.Id, out var networkInterface) || networkInterface.InstanceId is not { } instance)
            return true;
        // Stopping and shutting-down instances forward nothing any more, but EC2 keeps calling their routes active.
        return Instances[instance].State is InstanceState.Stopped or InstanceState.Terminated;
    }

    public bool IsAnswering(Host host) => host.Responds && IsAttached(host) && Instances[host.InstanceId].State == InstanceState.Running;

    public bool IsAttached(Host host) => Interfaces.TryGetValue(host.InterfaceId, out var own) && own.InstanceId is not null;

    public Host? FindHost(IPAddress address) => HostAddresses.TryGetValue(address, out var primary) ? Hosts[primary] : null;

    public VpcModel Put(RouteTable table) => this with { RouteTables = RouteTables.SetItem(table.Id, table) };

    public VpcModel Put(Host host) => this with { Hosts = Hosts.SetItem(host.Address, host) };
}
