using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Support.HealthTimeline;

namespace VpcRouter.Tests.Reconciliation;

internal sealed class RouteExplanationTests
{
    private const string X = "10.1.0.0/16";
    private static readonly RouteTarget Nat = new(RouteTargetKind.NatGateway, "nat-1");
    private static readonly RouteSpec Spec = TestSpec.Of(X, 1, 2, 9);

    [Test]
    public void Explain_Candidates_ComeInTheSpecsOrderWithHealthAndAge() =>
        Explain(X, Spec, Begin(Spec).Then(5, 1), OnFirst()).Candidates.Select(host => $"{host.Host} {host.InterfaceId} {host.Zone} {host.Health} {host.Age?.TotalSeconds} {host.CanBeChosen} {host.Reason}")
            .Should().Equal(
                "10.0.0.1 eni-1 a Failed 5 False has failed",
                "10.0.0.2 eni-2 a Healthy 10 True is healthy",
                "10.0.0.9   Healthy 10 False is on no network interface of vpc-1");

    [Test]
    public void Explain_RouterFailed_ShowsTheChangeAndItsReason() =>
        Table(Explain(X, Spec, Begin(Spec).Then(5, 1), OnFirst())).Should().Match<RouteTableExplanation>(table =>
            table.Change!.Kind == RouteChangeKind.Failover && table.Rule == table.Change.Reason && table.Rule.StartsWith("router 10.0.0.1 has failed"));

    [Test]
    public void Explain_RouterHealthy_SaysThatItIsSticky() =>
        Table(Explain(X, Spec, Begin(Spec), OnFirst())).Should().Match<RouteTableExplanation>(table =>
            table.Change == null && table.Router!.Equals(TestSpec.Host(1)) && table.Rule == "router 10.0.0.1 is healthy and keeps the route: routers are sticky");

    [Test]
    public void Explain_FailbackNotDue_SaysWhenItIs()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 2, 1) with { Select = RouterSelectionMode.Ordered, Failback = TimeSpan.FromSeconds(60) });

        Table(Explain(X, spec, Begin(spec).Then(1, 2).Then(5), OnFirst())).Should().Match<RouteTableExplanation>(table =>
            table.ReturnsAt == At(65) && table.Rule.EndsWith("it may return to a host that it prefers at 00:01:05 UTC"));
    }

    [Test]
    public void Explain_NoHostUsable_SaysThatTheRouteStays() =>
        Table(Explain(X, Spec, Begin(Spec).Then(5, 1, 2), OnFirst())).Rule.Should().Be("no host is usable, and the entry names no fallback: the route is left as it is");

    [Test]
    public void Explain_FallbackStandsIn_SaysSo()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = Nat });

        Table(Explain(X, spec, Begin(spec).Then(5, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, Nat)))).Rule.Should().Be("no host is usable; the fallback nat-1 stands in");
    }

    [Test]
    public void Explain_ForeignRouteToIt_SaysThatItIsNeverTouched() =>
        Table(Explain(X, Spec, Begin(Spec), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.To(X, Nat)))).Rule.Should().Be("the route points at nat-1, which VpcRouter never touches");

    [Test]
    public void Explain_EntryLeavesTheTableOut_SaysSo()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1) with { RouteTables = ["rtb-9"] });

        Table(Explain(X, spec, Begin(spec), OnFirst())).Rule.Should().Be("the entry's route_tables leave rtb-1 out");
    }

    [Test]
    public void Explain_DestinationIgnored_SaysSo()
    {
        var explanation = Explain(X, Spec, Begin(Spec), OnFirst(), new RoutePolicy { IgnoreRoutes = CidrList.Parse(X) });

        explanation.Summary.Should().Be("the route spec names it with 3 hosts, chosen by spread; --ignore-routes or --managed-cidrs leaves it alone");
        Table(explanation).Rule.Should().Be("--ignore-routes or --managed-cidrs leaves the destination alone");
    }

    [Test]
    public void Explain_CoveredByWiderRoutes_NamesTheLongest()
    {
        var spec = TestSpec.Of(TestSpec.Entry("10.0.0.0/8", 1), TestSpec.Entry(X, 1), TestSpec.Entry("0.0.0.0/0", 1));
        var vpc = TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via("0.0.0.0/0", "eni-1"), TestVpc.Via(X, "eni-1"), TestVpc.Propagated("10.0.0.0/8"));

        var explanation = Explain("10.1.2.3/32", spec, Begin(spec), vpc);

        (explanation.CoveredBy!.Destination.ToString(), Table(explanation).CoveredBy!.Destination.ToString(), Table(explanation).Rule).Should().Be((X, X, "there is no route to it"));
    }

    [TestCase(X, "eni-1", "the route spec doesn't name this destination")]
    [TestCase("0.0.0.0/0", "eni-1", "it is a default route that the spec doesn't name and that VpcRouter isn't known to have written, so it stays")]
    [TestCase(X, "nat-1", "the route points at nat-1, which is no host, so VpcRouter never touches it")]
    public void Explain_NotInTheSpec_SaysWhatBecomesOfIt(string destination, string target, string rule)
    {
        var spec = TestSpec.Of("10.99.0.0/16", 1);
        RouteTarget.TryParseFallback(target, out var parsed).Should().BeTrue();

        Table(Explain(destination, spec, Begin(spec), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(destination, parsed)))).Rule.Should().Be(rule);
    }

    [Test]
    public void Explain_DeletionHeldBack_SaysSo()
    {
        var spec = TestSpec.Of("10.99.0.0/16", 1);

        var table = Table(Explain(X, spec, Begin(spec), OnFirst(), new RoutePolicy { MaxDeletes = DeleteLimit.Parse("0") }));

        (table.Change!.Kind, table.HeldBack!.Contains("--max-deletes 0", StringComparison.Ordinal)).Should().Be((RouteChangeKind.Delete, true));
    }

    private static TestVpc OnFirst() => TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

    private static RouteTableExplanation Table(RouteExplanation explanation) => explanation.Tables.Single();

    private static RouteExplanation Explain(string destination, RouteSpec spec, HealthHistory health, TestVpc vpc, RoutePolicy? policy = null) =>
        RoutePlanner.Explain(RouteDestination.Parse(destination), spec, health, vpc.Snapshot(), policy ?? new RoutePolicy(), At(10));
}
