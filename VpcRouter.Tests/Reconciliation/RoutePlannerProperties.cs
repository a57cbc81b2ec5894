using System.Net;
using CsCheck;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>
/// What holds for every VPC, spec, health history and policy. A case that breaks a property is printed with its seed; the environment
/// variable CsCheck_Seed replays it.
/// </summary>
[Parallelizable(ParallelScope.None)]
public sealed class RoutePlannerProperties
{
    private const int Cases = 10_000;

    [Test]
    public void Plan_CarriedOut_LeavesAnEmptyPlan() => ForAll(test =>
    {
        var again = test.After(test.Plan()).Plan();
        Holds(again.IsEmpty, () => $"there is more to do: {string.Join('\n', again.Changes)}");
    });

    [Test]
    public void Plan_SameInput_GivesTheSamePlan() => ForAll(test =>
    {
        var (first, second) = (test.Plan(), test.Plan());
        Holds(
            first.Changes.SequenceEqual(second.Changes) && first.Warnings.SequenceEqual(second.Warnings) && first.PlanAgainAt == second.PlanAgainAt
            && HeldBack(first).SequenceEqual(HeldBack(second)),
            () => "the plans differ");
    });

    [Test]
    public void Plan_CarriedOut_PointsEveryRouteAtOneOfTheBestHosts() => ForAll(test =>
    {
        var plan = test.Plan();
        var after = test.After(plan);
        foreach (var (table, route, entry) in after.ManagedSpecRoutes())
        {
            var best = test.BestHosts(entry);
            if (best.Count > 0 && !IsHeldBack(plan, table, route.Destination))
                Holds(best.Any(host => route.Target == RouteTarget.OfInterface(test.Snapshot.InterfaceOf(host)!.Id)), () => $"{route.Destination} in {table.Id} leads to {route.Target}, not to {string.Join(" or ", best)}");
        }
    });

    [Test]
    public void Plan_CarriedOut_HasEveryRouteThatAHostCanTake() => ForAll(test =>
    {
        var after = test.After(test.Plan());
        foreach (var table in after.Snapshot.RouteTables.Where(test.IsManaged))
        {
            foreach (var entry in test.Spec.Entries.Where(entry => test.EntryOf(table, entry.Destination) is not null && test.Allows(entry.Destination, true) && test.BestHosts(entry).Count > 0))
                Holds(table.Routes.Any(route => route.Destination == entry.Destination), () => $"{entry.Destination} is missing in {table.Id}");
        }
    });

    [Test]
    public void Plan_AnyInput_TouchesNoUnmanagedRoute() => ForAll(test =>
    {
        var plan = test.Plan();
        foreach (var change in plan.Changes.Concat(HeldBack(plan)))
        {
            var table = test.Snapshot.RouteTables.Single(table => table.Id == change.RouteTableId);
            var route = table.Routes.SingleOrDefault(route => route.IsCreated && route.Destination == change.Destination);
            Holds(test.IsManaged(table) && test.Allows(change.Destination, test.Spec.TryGetEntry(change.Destination, out _)), () => $"out of bounds: {change}");
            Holds(route?.Target == change.From && (route is null || test.IsManaged(table, route)), () => $"not ours: {change}");
        }
    });

    [Test]
    public void Plan_CarriedOut_GivesADestinationOneRouterUnlessByZone() => ForAll(test =>
    {
        var plan = test.Plan();
        foreach (var routes in test.After(plan).ManagedSpecRoutes().Where(item => item.Entry.Select != RouterSelectionMode.Zone && !IsHeldBack(plan, item.Table, item.Route.Destination)).GroupBy(item => item.Entry))
            Holds(test.BestHosts(routes.Key).Count == 0 || routes.Select(item => item.Route.Target).Distinct().Count() == 1, () => $"{routes.Key.Destination} has several routers");
    });

    [Test]
    public void Plan_AllHostsBack_MovesNoRouteFromAHostThatIsEligible() => ForAll(test =>
    {
        var settled = test.After(test.Plan());
        var healed = settled with { Health = settled.Health.WithReport(new HealthReport([], [], settled.Now, "test")) };
        foreach (var change in healed.Plan().Changes.Where(change => change.From is { Kind: RouteTargetKind.NetworkInterface } && test.Spec.TryGetEntry(change.Destination, out var entry) && entry.Failback is null))
        {
            var entry = healed.Spec.Entries.Single(entry => entry.Destination == change.Destination);
            var isOneRouterElsewhere = healed.ManagedSpecRoutes().Where(item => item.Entry == entry).Select(item => item.Route.Target).Distinct().Count() > 1;
            Holds(
                isOneRouterElsewhere || !healed.BestHosts(entry).Any(host => change.From == RouteTarget.OfInterface(healed.Snapshot.InterfaceOf(host)!.Id)),
                () => $"a healthy router lost its route: {change}");
        }
    });

    [Test]
    public void Plan_CarriedOut_LeavesNoOrderedRouteBehindAHostWhoseFailbackIsDue() => ForAll(test =>
    {
        var plan = test.Plan();
        if (test.Health.Report is null || plan.HeldBack.Any(held => held.Guard == "panic-threshold"))
            return;
        foreach (var (table, route, entry) in test.After(plan).ManagedSpecRoutes().Where(item => item.Entry is { Select: RouterSelectionMode.Ordered, Failback: not null }))
        {
            var best = test.BestHosts(entry).ToList();
            var router = best.FindIndex(host => route.Target == RouteTarget.OfInterface(test.Snapshot.InterfaceOf(host)!.Id));
            var due = best.FindIndex(host => test.Health.StateOf(host) == HealthState.Healthy && test.Health.Since(host) + entry.Failback <= test.Now);
            Holds(router < 0 || due < 0 || router <= due, () => $"{route.Destination} in {table.Id} is due to return to {best[due]}");
        }
    });

    [Test]
    public void Plan_PlanAgainAt_IsTheFirstMomentThatChangesAnything() => ForAll(test =>
    {
        var settled = test.After(test.Plan());
        if (settled.Plan().PlanAgainAt is not { } at)
            return;
        var justBefore = settled with { Now = at.AddTicks(-1) };
        var then = settled with { Now = at };
        Holds(at > test.Now && justBefore.Plan().IsEmpty, () => $"something is due before {at:mm:ss}");
        Holds(then.Plan() is var plan && (!plan.IsEmpty || plan.HeldBack.Length < settled.Plan().HeldBack.Length || plan.PlanAgainAt != at), () => $"nothing happens at {at:mm:ss}");
    });

    [Test]
    public void Plan_Deletions_AreWithinTheLimitOrNone() => ForAll(test =>
    {
        var plan = test.Plan();
        var held = HeldBack(plan).Count(change => change.Kind == RouteChangeKind.Delete);
        var done = plan.Changes.Count(change => change.Kind == RouteChangeKind.Delete);
        var managed = plan.Changes.Count(change => change.Kind == RouteChangeKind.Create)
            + test.Snapshot.RouteTables.Where(test.IsManaged).SelectMany(table => table.Routes.Where(route => test.IsManaged(table, route))).Count();
        Holds(held == 0 ? done <= test.Policy.MaxDeletes.Allowed(managed) : done == 0 && held > test.Policy.MaxDeletes.Allowed(managed), () => $"{done} done and {held} held back of {managed}");
    });

    [Test]
    public void Explain_AnyDestination_SaysWhatThePlanDoes() => ForAll(test =>
    {
        var plan = test.Plan();
        var changes = plan.Changes.Concat(HeldBack(plan)).ToDictionary(change => (change.RouteTableId, change.Destination));
        foreach (var destination in test.Snapshot.RouteTables.SelectMany(table => table.Routes.Select(route => route.Destination)).Concat(test.Spec.Entries.Select(entry => entry.Destination)).Distinct())
        {
            foreach (var table in test.Explain(destination).Tables)
            {
                var change = changes.GetValueOrDefault((table.RouteTableId, destination));
                Holds(table.Change == change && table.HeldBack is not null == HeldBack(plan).Contains(change) && table.Rule.Length > 0, () => $"{destination} in {table.RouteTableId}: {table.Rule}; the plan: {change}");
            }
        }
    }, Cases / 3);

    [Test]
    public void Spread_OneOfSomeHostsLost_MovesItsRoutesOnly() => Gen.Select(Gen.Int[2, 10], Gen.Int[0, 9], Gen.Int[0, 255]).Sample((hosts, lost, net) =>
    {
        var spec = TestSpec.Of([.. Enumerable.Range(0, 40).Select(i => TestSpec.Entry($"10.{net}.{i}.0/24", [.. Enumerable.Range(1, hosts)]))]);
        var empty = new RandomCase(TestVpc.WithHosts(hosts).WithTable("rtb-1").Snapshot(), spec, HealthTimeline.Begin(spec), new RoutePolicy(), HealthTimeline.At(1), RandomCaseGen.Nothing);
        var settled = empty.After(empty.Plan());
        var victim = 1 + (lost % hosts);
        var moved = (settled with { Health = settled.Health.Then(2, victim) }).Plan().Changes;
        Holds(
            moved.All(change => change.From == RouteTarget.OfInterface($"eni-{victim}"))
            && moved.Length == settled.Snapshot.RouteTables.Single().Routes.Count(route => route.Target == RouteTarget.OfInterface($"eni-{victim}")),
            () => string.Join('\n', moved));
    }, iter: 1000);

    [Test]
    public void Spread_TenThousandDestinationsOnTenHosts_IsWithinAFifthOfEven() => Gen.UInt.Array[10].Where(hosts => hosts.Distinct().Count() == 10).Sample(hosts =>
    {
        var entry = new RouteEntry(default, [.. hosts.Select(host => new IPAddress(host))]);
        var candidates = entry.Hosts.Select(host => new RouterCandidate(host, new NetworkInterface($"eni-{host}", "subnet-a", "a", [host]), HealthState.Healthy)).ToArray();
        var counts = Enumerable.Range(0, 10_000)
            .Select(i => RouterSelection.Select(entry with { Destination = RouteDestination.Parse($"10.{i / 250}.{i % 250}.0/24") }, candidates, HealthState.Healthy, null, 0)!)
            .CountBy(router => router.Address)
            .ToList();
        Holds(counts.Count == 10 && counts.TrueForAll(count => count.Value is >= 800 and <= 1200), () => string.Join(' ', counts));
    }, iter: 20);

    private static void ForAll(Action<RandomCase> property, int cases = Cases) => RandomCaseGen.Any.Sample(property, iter: cases);

    private static void Holds(bool condition, Func<string> otherwise)
    {
        if (!condition)
            throw new AssertionException(otherwise());
    }

    private static IEnumerable<RouteChange> HeldBack(RoutePlan plan) => plan.HeldBack.SelectMany(held => held.Changes);

    private static bool IsHeldBack(RoutePlan plan, RouteTable table, RouteDestination destination) =>
        HeldBack(plan).Any(change => change.RouteTableId == table.Id && change.Destination == destination);
}
