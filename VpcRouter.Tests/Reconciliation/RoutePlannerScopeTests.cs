using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>Which tables and routes are managed at all: R1 to R3.</summary>
public sealed class RoutePlannerScopeTests
{
    private const string X = "10.1.0.0/16";
    private const string Y = "10.2.0.0/16";

    [Test]
    public void Plan_RouteToInterfaceNotInSpec_IsDeleted() =>
        Deletions(TestVpc.Via(Y, "eni-1")).Should().Equal(Y);

    [Test]
    public void Plan_PropagatedRouteNotInSpec_Stays() => Deletions(TestVpc.Propagated(Y)).Should().BeEmpty();

    [TestCase("igw-1", RouteTargetKind.InternetGateway)]
    [TestCase("nat-1", RouteTargetKind.NatGateway)]
    [TestCase("pcx-1", RouteTargetKind.PeeringConnection)]
    [TestCase("local", RouteTargetKind.Local)]
    [TestCase("", RouteTargetKind.None)]
    public void Plan_ForeignRouteNotInSpec_Stays(string id, RouteTargetKind kind) =>
        Deletions(TestVpc.To(Y, new RouteTarget(kind, id))).Should().BeEmpty();

    [Test]
    public void Plan_LostBlackholeNotInSpec_Stays() => Deletions(TestVpc.To(Y, RouteTarget.None, RouteState.Blackhole)).Should().BeEmpty();

    [TestCase("0.0.0.0/0")]
    [TestCase("::/0")]
    public void Plan_DefaultRouteNotInSpec_Stays(string destination) => Deletions(TestVpc.Via(destination, "eni-1")).Should().BeEmpty();

    [Test]
    public void Plan_DefaultRouteOfOursNotInSpec_IsDeleted() =>
        RoutePlanner.Plan(TestSpec.Of(X, 1), HealthReport.AllHealthy, VpcWith(TestVpc.Via("0.0.0.0/0", "eni-1")).Snapshot(), new RoutePolicy(), (_, _) => true)
            .Changes.Should().ContainSingle(change => change.Kind == RouteChangeKind.Delete);

    [Test]
    public void Plan_DefaultRouteInSpec_IsManaged() =>
        Plan(TestSpec.Of("0.0.0.0/0", 1), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via("0.0.0.0/0", "eni-2"))).Changes.Should().ContainSingle();

    [TestCase("10.2.0.0/16")]
    [TestCase("10.0.0.0/8")]
    public void Plan_RouteInIgnoredCidr_Stays(string ignored) =>
        Deletions(new RoutePolicy { IgnoreRoutes = CidrList.Parse(ignored) }, TestVpc.Via(Y, "eni-1")).Should().BeEmpty();

    [TestCase("0.0.0.0/0")]
    [TestCase("10.2.3.0/24")]
    public void Plan_IgnoredCidrDoesNotContainRoute_IsDeleted(string ignored) =>
        Deletions(new RoutePolicy { IgnoreRoutes = CidrList.Parse(ignored) }, TestVpc.Via(Y, "eni-1")).Should().Equal(Y);

    [Test]
    public void Plan_DefaultRouteInSpecAndPrivateRangeIgnored_IsManaged() =>
        Plan(TestSpec.Of("0.0.0.0/0", 1), TestVpc.WithHosts(1).WithTable("rtb-1"), policy: new RoutePolicy { IgnoreRoutes = CidrList.Parse("10.0.0.0/8") }).Changes.Should().ContainSingle();

    [Test]
    public void Plan_DestinationInSpecAndIgnored_WarnsThatItIsLeftAlone() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1"), policy: new RoutePolicy { IgnoreRoutes = CidrList.Parse(X) })
            .Warnings.Should().ContainSingle().Which.Should().Contain(X).And.Contain("--ignore-routes");

    [Test]
    public void Plan_DefaultRouteInSpecAndIgnored_IsLeftAlone() =>
        Plan(TestSpec.Of("0.0.0.0/0", 1), TestVpc.WithHosts(1).WithTable("rtb-1"), policy: new RoutePolicy { IgnoreRoutes = CidrList.Parse("0.0.0.0") }).Changes.Should().BeEmpty();

    [Test]
    public void Plan_DestinationOutsideManagedCidrs_IsLeftAlone() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(Y, "eni-1")), policy: new RoutePolicy { ManagedCidrs = CidrList.Parse("10.9.0.0/16") })
            .Changes.Should().BeEmpty();

    [Test]
    public void Plan_PrefixListInSpec_IsManagedWhateverTheManagedCidrs() =>
        Plan(TestSpec.Of("pl-0123abcd", 1), TestVpc.WithHosts(1).WithTable("rtb-1"), policy: new RoutePolicy { ManagedCidrs = CidrList.Parse("10.9.0.0/16") })
            .Changes.Should().ContainSingle();

    [Test]
    public void Plan_PrefixListNotInSpecAndManagedCidrs_Stays() =>
        Deletions(new RoutePolicy { ManagedCidrs = CidrList.Parse("10.9.0.0/16,10.1.0.0/16") }, TestVpc.Via("pl-0123abcd", "eni-1")).Should().BeEmpty();

    [Test]
    public void Plan_EdgeTable_IsNotManaged() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).With(new RouteTable("rtb-1", []) { IsEdge = true, SubnetIds = ["subnet-a"] })).ManagedRouteTableIds.Should().BeEmpty();

    [Test]
    public void Plan_MainTableServingTheHostsSubnet_IsManaged() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).With(new RouteTable("rtb-1", []) { IsMain = true, SubnetIds = ["subnet-z", "subnet-a"] }))
            .ManagedRouteTableIds.Should().Equal("rtb-1");

    [Test]
    public void Plan_TableWithoutAHost_IsNotManaged() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTableIn("b", "rtb-b", TestVpc.Via(Y, "eni-1"))).Changes.Should().BeEmpty();

    [TestCase("10.0.0.0/24", 1)]
    [TestCase("10.0.9.0/24", 0)]
    public void Plan_HostOfTheTablesSubnetIsGone_TableStaysManaged(string cidr, int managed)
    {
        var table = new RouteTable("rtb-2", [TestVpc.Via(X, "eni-9", RouteState.Blackhole)]) { SubnetIds = ["subnet-b"], SubnetCidrs = [System.Net.IPNetwork.Parse(cidr)] };

        Plan(TestSpec.Of(X, 9, 1), TestVpc.WithHosts(1).With(table)).Changes.Count(change => change.Kind == RouteChangeKind.Failover).Should().Be(managed);
    }

    [Test]
    public void Plan_EntryNarrowedToATable_OthersAreLeftAlone() =>
        Plan(TestSpec.Of(TestSpec.Entry(X, 1) with { RouteTables = ["rtb-2"] }), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-2")).WithTable("rtb-2"))
            .Changes.Select(change => change.RouteTableId).Should().Equal("rtb-2");

    [Test]
    public void Plan_ForeignRouteToSpecDestination_IsLeftAloneWithAWarning()
    {
        var plan = Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.To(X, new RouteTarget(RouteTargetKind.PeeringConnection, "pcx-1"))));

        (plan.IsEmpty, plan.Warnings.Single()).Should().Be((true, "10.1.0.0/16 in rtb-1 points at pcx-1, which VpcRouter never touches; remove that route or take the destination out of the spec"));
    }

    [Test]
    public void Plan_PropagatedRouteBesideOurs_GivesNoWarning() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Propagated(X), TestVpc.Via(X, "eni-1"))).Warnings.Should().BeEmpty();

    [Test]
    public void Plan_HostNotInVpc_Warns() =>
        Plan(TestSpec.Of(X, 1, 9), TestVpc.WithHosts(1).WithTable("rtb-1")).Warnings.Should().Equal("host 10.0.0.9 is on no network interface of vpc-1; it can't be a router");

    [Test]
    public void Plan_SourceDestCheckOn_WarnsWithTheRemedy()
    {
        var vpc = new TestVpc().With(new NetworkInterface("eni-1", "subnet-a", "a", [TestSpec.Host(1)]) { InstanceId = "i-1", SourceDestCheck = true }).WithTable("rtb-1");

        Plan(TestSpec.Of(X, 1), vpc).Warnings.Should().ContainSingle().Which.Should().EndWith("aws ec2 modify-network-interface-attribute --network-interface-id eni-1 --no-source-dest-check");
    }

    [Test]
    public void Plan_NoTableServesAHost_Warns() =>
        Plan(TestSpec.Of(X, 1), TestVpc.WithHosts(1)).Warnings.Should().Equal("no route table of vpc-1 serves a subnet with a host of the spec; check the spec's hosts and the VPC");

    [Test]
    public void Plan_EntryWithoutHosts_LeavesTheRoute() =>
        Plan(TestSpec.Of(TestSpec.Entry(X), TestSpec.Entry(Y, 1)), TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1"), TestVpc.Via(Y, "eni-1"))).Changes.Should().BeEmpty();

    [Test]
    public void Plan_EmptySpec_KnowsNoTable() =>
        Plan(RouteSpec.Empty, TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1"))).Changes.Should().BeEmpty();

    [Test]
    public void Plan_EmptySpecAfterAnother_DeletesInTheTablesManagedBefore() =>
        RoutePlanner.Plan(new PlanningInput(RouteSpec.Empty, HealthHistory.Empty, TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).WithTable("rtb-2", TestVpc.Via(X, "eni-1")).Snapshot(), new RoutePolicy(), TestVpc.Start) { ManagedBefore = ["rtb-1"] })
            .Changes.Should().ContainSingle().Which.RouteTableId.Should().Be("rtb-1");

    [TestCase("10.0.0.1 has failed", 1)]
    [TestCase("10.0.0.2 is healthy, chosen by spread among 2", 1)]
    public void Plan_Failover_SaysWhy(string words, int failed) =>
        Plan(TestSpec.Of(X, 1, 2), TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), TestSpec.Failed(failed)).Changes.Single().Reason.Should().Contain(words);

    [Test]
    public void Plan_HostKnownStoppedFromAnotherRoute_SaysSo()
    {
        var vpc = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).WithTable("rtb-2", TestVpc.Via(X, "eni-1", RouteState.Blackhole));

        Plan(TestSpec.Of(X, 1, 2), vpc).Changes.Single(change => change.RouteTableId == "rtb-1").Reason.Should().StartWith("router 10.0.0.1 is stopped");
    }

    [Test]
    public void Plan_OneOfTwoHostsOnTheInterfaceFailedEarlier_BlamesTheOneThatRouted()
    {
        var vpc = new TestVpc().WithInterface("eni-1", "a", "10.0.0.1", "10.0.0.2").WithHost(3).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

        Plan(TestSpec.Of(X, 1, 2, 3), vpc, TestSpec.Report([1], [2])).Changes.Single().Reason.Should().StartWith("router 10.0.0.2 is questionable");
    }

    private static TestVpc VpcWith(params Route[] routes) => TestVpc.WithHosts(1).WithTable("rtb-1", [TestVpc.Via(X, "eni-1"), .. routes]);

    private static RoutePlan Plan(RouteSpec spec, TestVpc vpc, HealthReport? health = null, RoutePolicy? policy = null) =>
        RoutePlanner.Plan(spec, health ?? HealthReport.AllHealthy, vpc.Snapshot(), policy ?? new RoutePolicy());

    private static IEnumerable<string> Deletions(params Route[] routes) => Deletions(new RoutePolicy(), routes);

    private static IEnumerable<string> Deletions(RoutePolicy policy, params Route[] routes) =>
        Plan(TestSpec.Of(X, 1), VpcWith(routes), policy: policy).Changes.Where(change => change.Kind == RouteChangeKind.Delete).Select(change => change.Destination.ToString());
}
