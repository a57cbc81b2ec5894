using System.Collections.Immutable;
using CsCheck;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>A random small VPC with a spec and a health report: two zones, up to five hosts, up to four tables, six destinations.</summary>
internal sealed record RandomCase(TestVpc Vpc, RouteSpec Spec, HealthReport Health)
{
    private static readonly string[] Destinations = ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/24", "0.0.0.0/0", "2001:db8:1::/48", "pl-0a"];
    private static readonly string[] Zones = ["a", "b"];
    private static readonly RouteTarget Nat = new(RouteTargetKind.NatGateway, "nat-1");
    private static readonly Gen<string> GenDestination = Gen.Int[0, 5].Select(index => Destinations[index]);
    private static readonly Gen<string> GenZone = Gen.Int[0, 1].Select(index => Zones[index]);

    private static readonly Gen<Route> GenRoute = Gen.Select(GenDestination, Gen.Int[0, 9], Gen.Bool, (destination, target, isBlackhole) => target switch
    {
        0 => TestVpc.Propagated(destination),
        1 => TestVpc.To(destination, Nat),
        2 => TestVpc.To(destination, RouteTarget.None, RouteState.Blackhole),
        3 => TestVpc.To(destination, new RouteTarget(RouteTargetKind.Instance, "i-1"), isBlackhole ? RouteState.Blackhole : RouteState.Active),
        4 => TestVpc.To(destination, new RouteTarget(RouteTargetKind.InternetGateway, "igw-1")),
        _ => TestVpc.Via(destination, $"eni-{target - 4}", isBlackhole && target == 5 ? RouteState.Blackhole : RouteState.Active),
    });

    private static readonly Gen<RouteTable> GenTable = Gen.Select(GenZone, GenRoute.Array[0, 5], Gen.Int[0, 9], (zone, routes, isEdge) =>
        new RouteTable("", [.. routes.DistinctBy(route => (route.Destination, route.IsCreated))]) { SubnetIds = [$"subnet-{zone}"], Zones = [zone], IsEdge = isEdge == 0 });

    private static readonly Gen<RouteEntry> GenEntry = Gen.Select(GenDestination, Gen.Int[1, 6].Array[0, 4], Gen.Enum<RouterSelectionMode>(), Gen.Bool, Gen.Int[0, 5],
        (destination, hosts, select, hasFallback, narrowed) => TestSpec.Entry(destination, [.. hosts.Distinct()]) with
        {
            Select = select,
            Fallback = hasFallback ? Nat : null,
            RouteTables = narrowed == 0 ? ["rtb-0"] : [],
        });

    private static readonly Gen<TestVpc> GenVpc = Gen.Select(GenZone.Array[1, 5], GenTable.Array[1, 4], Gen.Bool, (zones, tables, isShared) =>
    {
        var vpc = zones.Select((zone, index) => (zone, index)).Aggregate(new TestVpc(), (vpc, host) => vpc.WithHost(host.index + 1, host.zone));
        vpc = isShared ? vpc.WithInterface("eni-1", zones[0], "10.0.0.1", "10.0.0.6") : vpc;
        return tables.Select((table, index) => table with { Id = $"rtb-{index}" }).Aggregate(vpc, (vpc, table) => vpc.With(table));
    });

    public static Gen<RandomCase> Any { get; } = Gen.Select(
        GenVpc,
        GenEntry.Array[0, 5].Select(entries => TestSpec.Of([.. entries.DistinctBy(entry => entry.Destination)])),
        Gen.Select(Gen.Int[1, 6].Array[0, 4], Gen.Int[1, 6].Array[0, 3], (failed, questionable) => TestSpec.Report(failed, questionable)),
        (vpc, spec, health) => new RandomCase(vpc, spec, health));

    public RoutePlan Plan() => Plan(Vpc.Snapshot());

    public RoutePlan Plan(VpcSnapshot snapshot) => RoutePlanner.Plan(Spec, Health, snapshot, new RoutePolicy(), (_, route) => route.Target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance);

    /// <summary>The VPC after a plan; what blackholes have shown of instances stays known, as the reconciler remembers it.</summary>
    public VpcSnapshot Apply(RoutePlan plan)
    {
        var before = StoppedInterfaces.Mark(Vpc.Snapshot(), StoppedInterfaces.Behind(Vpc.Snapshot(), RouteState.Blackhole).ToHashSet());
        return before.WithRouteTables([.. before.RouteTables.Select(table => table with { Routes = Apply(table, plan.Changes.Where(change => change.RouteTableId == table.Id)) })]);
    }

    private static ImmutableArray<Route> Apply(RouteTable table, IEnumerable<RouteChange> changes)
    {
        var byDestination = changes.ToDictionary(change => change.Destination);
        return
        [
            .. table.Routes.Where(route => !route.IsCreated || !byDestination.ContainsKey(route.Destination)),
            .. byDestination.Values.Where(change => change.To is not null).Select(change => new Route(change.Destination, change.To!.Value)),
        ];
    }
}
