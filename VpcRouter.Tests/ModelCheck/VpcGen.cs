using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.InMemory;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Draws VPCs: instances in two zones, some with secondary or IPv6 addresses or a second interface, and route tables with all kinds of routes.</summary>
internal sealed class VpcGen(Random random)
{
    private static readonly string[] Zones = ["a", "b"];
    private static readonly Dictionary<string, int> Subnets = new() { ["a"] = 1, ["b"] = 2 };

    /// <summary>Routes that are nobody's business here, whatever the spec says.</summary>
    private static readonly Route[] Foreign =
    [
        new(RouteDestination.Parse("10.0.0.0/16"), new RouteTarget(RouteTargetKind.Local, "local"), RouteState.Active, IsCreated: false),
        new(RouteDestination.Parse("192.0.2.0/24"), new RouteTarget(RouteTargetKind.InternetGateway, "igw-1")),
        new(RouteDestination.Parse("10.8.0.0/16"), new RouteTarget(RouteTargetKind.PeeringConnection, "pcx-1")),
        new(RouteDestination.Parse("172.31.0.0/16"), RouteTarget.OfInterface("eni-fw")),
        TestVpc.Propagated("198.51.100.0/24"),
    ];

    public static readonly ImmutableArray<NetworkInterface> Others =
        [new("eni-fw", "subnet-a", "a", [IPAddress.Parse("10.9.9.9")]) { InstanceId = "i-fw" }];

    public ImmutableArray<FleetMember> Fleet() => [.. Enumerable.Range(1, random.Next(1, 6)).Select(Member)];

    public VpcState Vpc(ImmutableArray<FleetMember> fleet)
    {
        var tables = Enumerable.Range(0, random.Next(1, 5)).Select(number => Table($"rtb-{number}", fleet))
            .Append(new RouteTable("rtb-edge", [Foreign[0], new Route(RouteDestination.Parse("10.1.0.0/16"), RouteTarget.OfInterface("eni-1"))]) { IsEdge = true })
            .Append(new RouteTable("rtb-other", [.. Foreign, new Route(RouteDestination.Parse("10.1.0.0/16"), RouteTarget.OfInterface("eni-1"))]) { SubnetIds = ["subnet-z"], SubnetCidrs = [IPNetwork.Parse("10.0.9.0/24")], Zones = ["a"] });
        return new VpcState(tables.ToImmutableSortedDictionary(table => table.Id, table => table, StringComparer.Ordinal), [.. fleet.SelectMany(ModelCheck.Fleet.InterfacesOf), .. Others])
        {
            ForgetsTargets = random.Next(2) == 0,
        };
    }

    private FleetMember Member(int number)
    {
        var zone = Zones[random.Next(2)];
        var addresses = ImmutableArray.Create(IPAddress.Parse($"10.0.{Subnets[zone]}.{number}"));
        addresses = random.Next(4) switch
        {
            0 => addresses.Add(IPAddress.Parse($"10.0.{Subnets[zone]}.10{number}")),
            1 => addresses.Add(IPAddress.Parse($"2001:db8:0:{Subnets[zone]}::{number}")),
            _ => addresses,
        };
        return new FleetMember(number, zone, addresses) { HasSecondInterface = random.Next(4) == 0 };
    }

    private RouteTable Table(string id, ImmutableArray<FleetMember> fleet)
    {
        var zones = random.Next(6) == 0 ? Zones : [Zones[random.Next(2)]];
        var routes = SpecGen.Destinations.Where(_ => random.Next(3) == 0).Select(destination => Route(destination, fleet));
        return new RouteTable(id, [.. Foreign.Where(route => !route.IsCreated || random.Next(2) == 0), .. routes])
        {
            IsMain = id == "rtb-0",
            SubnetIds = [.. zones.Select(zone => $"subnet-{zone}")],
            SubnetCidrs = [.. zones.SelectMany(zone => new[] { IPNetwork.Parse($"10.0.{Subnets[zone]}.0/24"), IPNetwork.Parse($"2001:db8:0:{Subnets[zone]}::/64") })],
            Zones = [.. zones],
        };
    }

    private Route Route(RouteDestination destination, ImmutableArray<FleetMember> fleet) => random.Next(8) switch
    {
        0 => new(destination, new RouteTarget(RouteTargetKind.NatGateway, "nat-1")),
        1 => new(destination, new RouteTarget(RouteTargetKind.VpnGateway, "vgw-1"), RouteState.Active, IsCreated: false),
        2 => new(destination, RouteTarget.OfInterface("eni-fw")),
        3 => new(destination, RouteTarget.OfInterface("eni-gone")),
        _ => new(destination, RouteTarget.OfInterface(fleet[random.Next(fleet.Length)].InterfaceId)),
    };
}
