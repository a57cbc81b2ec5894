using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>
/// Builds snapshots of small VPCs. There is one subnet a zone: zone <c>a</c> has <c>subnet-a</c>. Interface <c>eni-1</c> belongs to
/// instance <c>i-1</c>. Immutable.
/// </summary>
internal sealed record TestVpc
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ImmutableArray<RouteTable> Tables { get; init; } = [];

    private ImmutableArray<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>Hosts 10.0.0.1, 10.0.0.2 … on eni-1, eni-2 … in zone a.</summary>
    public static TestVpc WithHosts(int count) =>
        Enumerable.Range(1, count).Aggregate(new TestVpc(), (vpc, number) => vpc.WithHost(number));

    public static Route Via(string destination, string networkInterface, RouteState state = RouteState.Active) =>
        To(destination, RouteTarget.OfInterface(networkInterface), state);

    public static Route To(string destination, RouteTarget target, RouteState state = RouteState.Active) =>
        new(RouteDestination.Parse(destination), target, state);

    public static Route Propagated(string destination, string gateway = "vgw-1") =>
        new(RouteDestination.Parse(destination), new RouteTarget(RouteTargetKind.VpnGateway, gateway), RouteState.Active, IsCreated: false);

    public TestVpc WithHost(int number, string zone = "a") => WithInterface($"eni-{number}", zone, $"10.0.0.{number}");

    public TestVpc WithInterface(string id, string zone, params string[] addresses) =>
        With(new NetworkInterface(id, $"subnet-{zone}", zone, [.. addresses.Select(IPAddress.Parse)]) { InstanceId = id.Replace("eni-", "i-", StringComparison.Ordinal) });

    public TestVpc With(NetworkInterface networkInterface) =>
        this with { Interfaces = [.. Interfaces.Where(item => item.Id != networkInterface.Id), networkInterface] };

    public TestVpc With(RouteTable table) => this with { Tables = Tables.Add(table) };

    public TestVpc WithTable(string id, params Route[] routes) => WithTableIn("a", id, routes);

    public TestVpc WithTableIn(string zone, string id, params Route[] routes) =>
        With(new RouteTable(id, [.. routes]) { SubnetIds = [$"subnet-{zone}"], Zones = [zone] });

    public VpcSnapshot Snapshot() => new("vpc-1", Start, Tables, Interfaces);
}
