using System.Collections.Immutable;
using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Benchmarks.Planner;

/// <summary>
/// A VPC whose tables all hold the same destinations, three hosts each. There are only three hosts, which makes losing one the
/// worst case: a third of all routes moves. Immutable.
/// </summary>
internal sealed class PlannerVpc(int tables, int routes)
{
    private const int Hosts = 3;
    private static readonly ImmutableArray<IPAddress> Addresses = [.. Enumerable.Range(0, Hosts).Select(host => IPAddress.Parse($"10.255.{host}.10"))];

    public RouteSpec Spec { get; } = new(Enumerable.Range(0, routes).Select(route => new RouteEntry(Destination(route), Addresses)));

    public HealthReport OneLost { get; } = new([Addresses[0]], [], DateTimeOffset.UnixEpoch, "benchmark");

    /// <summary>A fresh look at the VPC with every route where the spec wants it. Like a real one it shares no object with the spec.</summary>
    public VpcSnapshot InLine() => Look(table => [.. Enumerable.Range(0, routes).Select(route => new Route(Destination(route), RouteTarget.OfInterface(Interface(route % Hosts))))]);

    /// <summary>A fresh look at the VPC before any route was made.</summary>
    public VpcSnapshot WithoutRoutes() => Look(table => []);

    private static RouteDestination Destination(int route) => RouteDestination.Parse($"10.{route / 250}.{route % 250}.0/24");

    private static string Interface(int host) => $"eni-{host:x17}";

    private static string Subnet(int host) => $"subnet-{host:x17}";

    private VpcSnapshot Look(Func<int, ImmutableArray<Route>> routesOf)
    {
        var routeTables = Enumerable.Range(0, tables).Select(table => new RouteTable($"rtb-{table:x17}", routesOf(table)) { SubnetIds = [Subnet(table % Hosts)], Zones = ["us-east-1a"] });
        var interfaces = Addresses.Select((address, host) => new NetworkInterface(Interface(host), Subnet(host), "us-east-1a", [address]) { InstanceId = $"i-{host:x17}" });
        return new VpcSnapshot("vpc-1", DateTimeOffset.UnixEpoch, [.. routeTables], [.. interfaces]);
    }
}
