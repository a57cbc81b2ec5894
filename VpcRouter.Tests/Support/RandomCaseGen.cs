using System.Collections.Immutable;
using System.Net;
using CsCheck;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>
/// Draws small VPCs with a spec and a health history: two zones, up to five hosts, up to four tables and eight destinations of every
/// family, with everything in them that a planner may meet. Small, because what goes wrong goes wrong in small ones too, and more often.
/// </summary>
internal static class RandomCaseGen
{
    private static readonly RouteDestination[] Destinations =
        [.. new[] { "10.1.0.0/16", "10.2.0.0/16", "10.2.3.0/24", "0.0.0.0/0", "2001:db8:1::/48", "::/0", "pl-0a", "pl-0b" }.Select(text => RouteDestination.Parse(text))];

    private static readonly string[] Hosts = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6", "2001:db8::1", "2001:db8::2"];
    private static readonly string[] CidrLists = ["", "10.2.0.0/16", "10.2.0.0/16,0.0.0.0/0", "10.0.0.0/8,2001:db8::/32,pl-0a", "::"];
    private static readonly DeleteLimit[] Limits = [DeleteLimit.Default, DeleteLimit.Parse("0"), DeleteLimit.Parse("1"), DeleteLimit.Parse("2"), DeleteLimit.Parse("100%")];
    private static readonly RouteTarget Nat = new(RouteTargetKind.NatGateway, "nat-1");
    private static readonly RouteTarget OtherNat = new(RouteTargetKind.NatGateway, "nat-2");
    private static readonly RouteTarget?[] Fallbacks = [null, null, Nat, OtherNat, RouteTarget.OfInterface("eni-4")];
    private static readonly TimeSpan?[] Failbacks = [null, TimeSpan.Zero, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(40)];

    private static readonly Gen<RouteDestination> GenDestination = OneOf(Destinations);
    private static readonly Gen<string> GenZone = OneOf("a", "b");

    private static readonly Gen<RouteTarget> GenTarget = Gen.Frequency(
        (5, Gen.Int[1, 6].Select(number => RouteTarget.OfInterface($"eni-{number}"))),
        (1, Gen.Int[1, 3].Select(number => new RouteTarget(RouteTargetKind.Instance, $"i-{number}"))),
        (2, OneOf(Nat, OtherNat)),
        (1, OneOf(new RouteTarget(RouteTargetKind.InternetGateway, "igw-1"), new RouteTarget(RouteTargetKind.Local, "local"), new RouteTarget(RouteTargetKind.Other, "eigw-1"))));

    private static readonly Gen<(Route Route, bool IsOurs)> GenRoute = Gen.Select(GenDestination, GenTarget, Gen.Int[0, 15], Gen.Bool, (destination, target, fate, isOurs) => fate switch
    {
        0 => (new Route(destination, new RouteTarget(RouteTargetKind.VpnGateway, "vgw-1"), RouteState.Active, IsCreated: false), false),
        1 => (new Route(destination, RouteTarget.None, RouteState.Blackhole), isOurs),
        2 or 3 => (new Route(destination, target, RouteState.Blackhole), isOurs),
        _ => (new Route(destination, target), isOurs),
    });

    private static readonly Gen<(RouteTable Table, ImmutableArray<(Route Route, bool IsOurs)> Routes)> GenTable = Gen.Select(GenZone, GenRoute.Array[0, 6], Gen.Int[0, 9], (zone, routes, isEdge) =>
    {
        var distinct = routes.DistinctBy(item => (item.Route.Destination, item.Route.IsCreated)).ToImmutableArray();
        return (new RouteTable("", [.. distinct.Select(item => item.Route)]) { SubnetIds = [$"subnet-{zone}"], SubnetCidrs = [IPNetwork.Parse(zone == "a" ? "10.0.0.0/30" : "10.0.0.4/30")], Zones = [zone], IsEdge = isEdge == 0 }, distinct);
    });

    private static readonly Gen<RouteEntry> GenEntry = Gen.Select(
        GenDestination,
        OneOf(Hosts).Array[0, 4],
        Gen.Enum<RouterSelectionMode>(),
        OneOf(Failbacks),
        OneOf(Fallbacks),
        Gen.Int[0, 5],
        (destination, hosts, select, failback, fallback, narrowed) => TestSpec.EntryOf(destination.ToString(), [.. hosts.Distinct()]) with
        {
            Select = select,
            Failback = failback,
            Fallback = fallback,
            RouteTables = narrowed == 0 ? ["rtb-0", "rtb-9"] : [],
        });

    private static readonly Gen<RouteSpec> GenSpec = GenEntry.Array[0, 6].Select(entries => TestSpec.Of([.. entries.DistinctBy(entry => entry.Destination)]));

    // Host 6 and the IPv6 addresses are secondary addresses; a second interface may claim host 2's address, attached or not.
    private static readonly Gen<ImmutableArray<NetworkInterface>> GenInterfaces = Gen.Select(GenZone.Array[1, 5], Gen.Int[0, 9].Array[5], Gen.Bool, Gen.Int[0, 3], (zones, fates, isShared, claim) =>
    {
        var interfaces = zones.Select((zone, index) => new NetworkInterface($"eni-{index + 1}", $"subnet-{zone}", zone, AddressesOf(index + 1, isShared))
        {
            InstanceId = fates[index] == 2 ? null : $"i-{index + 1}",
            IsAttached = fates[index] != 0,
            IsInstanceRunning = fates[index] != 1,
        });
        return claim == 0 && zones.Length > 1
            ? [.. interfaces, new NetworkInterface("eni-0", "subnet-a", "a", AddressesOf(2, false)) { InstanceId = "i-0", IsAttached = isShared }]
            : interfaces.ToImmutableArray();
    });

    private static readonly Gen<RoutePolicy> GenPolicy = Gen.Select(OneOf(CidrLists), OneOf(CidrLists), OneOf(Limits), Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 2], (ignored, managed, limit, panic, scope, seed) => new RoutePolicy
    {
        IgnoreRoutes = CidrList.Parse(scope == 0 ? ignored : ""),
        ManagedCidrs = CidrList.Parse(scope == 1 ? managed : ""),
        MaxDeletes = limit,
        PanicThreshold = panic == 0 ? new Percentage(40) : null,
        PanicWindow = TimeSpan.FromSeconds(20),
        RandomSeed = seed,
    });

    private static readonly Gen<HealthReport> GenReport = Gen.Select(OneOf(Hosts).Array[0, 4], OneOf(Hosts).Array[0, 2], Gen.Int[1, 20], (failed, questionable, second) =>
        new HealthReport(failed.Select(IPAddress.Parse), questionable.Select(IPAddress.Parse), HealthTimeline.At(second), "test"));

    /// <summary>No route is known to be ours.</summary>
    public static ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteTarget> Nothing { get; } =
        ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteTarget>.Empty;

    public static Gen<RandomCase> Any { get; } = Gen.Select(GenInterfaces, GenTable.Array[1, 4], GenSpec, GenReport.Array[0, 3], GenPolicy, Gen.Int[0, 60], (interfaces, tables, spec, reports, policy, second) =>
    {
        var named = tables.Select((item, index) => (Table: item.Table with { Id = $"rtb-{index}" }, item.Routes)).ToList();
        var owned = named.SelectMany(item => item.Routes.Where(route => route.IsOurs && route.Route.IsCreated).Select(route => KeyValuePair.Create((item.Table.Id, route.Route.Destination), route.Route.Target)));
        return new RandomCase(
            new VpcSnapshot("vpc-1", TestVpc.Start, [.. named.Select(item => item.Table)], interfaces),
            spec,
            HistoryOf(spec, reports),
            policy,
            HealthTimeline.At(60 + second),
            owned.ToImmutableDictionary());
    });

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static ImmutableArray<IPAddress> AddressesOf(int number, bool isShared) =>
    [
        TestSpec.Host(number),
        .. number == 1 && isShared ? [TestSpec.Host(6)] : ImmutableArray<IPAddress>.Empty,
        .. number <= 2 ? [IPAddress.Parse($"2001:db8::{number}")] : ImmutableArray<IPAddress>.Empty,
    ];

    // One report a period of 20 s, so that hosts fail and come back at times that lie apart.
    private static HealthHistory HistoryOf(RouteSpec spec, HealthReport[] reports) =>
        reports.Select((report, period) => new HealthReport(report.Failed, report.Questionable, report.ObservedAt.AddSeconds(20 * period), report.Observer))
            .Aggregate(HealthHistory.Empty.WithHosts(spec.Hosts, TestVpc.Start), (history, report) => history.WithReport(report));
}
