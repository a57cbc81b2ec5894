using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Support.HealthTimeline;

namespace VpcRouter.Tests.Reconciliation;

/// <summary>What a plan refuses to do at once: R18.</summary>
internal sealed class RoutePlannerGuardTests
{
    private const string X = "10.1.0.0/16";
    private static readonly RouteSpec FourHosts = TestSpec.Of(TestSpec.Entry(X, 1, 2, 3, 4));
    private static readonly RoutePolicy Panicking = new() { PanicThreshold = new Percentage(25), PanicWindow = TimeSpan.FromSeconds(10) };

    [TestCase("50%", 20, 10, 0)]
    [TestCase("50%", 20, 11, 11)]
    [TestCase("50%", 40, 20, 0)]
    [TestCase("50%", 41, 21, 21)]
    [TestCase("100%", 40, 39, 0)]
    [TestCase("0%", 40, 1, 1)]
    [TestCase("0", 40, 1, 1)]
    [TestCase("3", 40, 3, 0)]
    [TestCase("3", 40, 4, 4)]
    public void Plan_Deletions_AreHeldBackBeyondTheLimit(string limit, int routes, int deletions, int heldBack)
    {
        var plan = Plan(limit, routes, deletions);

        (plan.Changes.Length, plan.HeldBack.Sum(held => held.Changes.Length)).Should().Be((deletions - heldBack, heldBack));
    }

    [Test]
    public void Plan_TooManyDeletions_CarriesOutEverythingElse()
    {
        var vpc = TestVpc.WithHosts(2).WithTable("rtb-1", [TestVpc.Via(X, "eni-1"), .. Others(20)]);

        RoutePlanner.Plan(TestSpec.Of(X, 1, 2), TestSpec.Failed(1), vpc.Snapshot(), new RoutePolicy()).Changes.Select(change => change.Kind).Should().Equal(RouteChangeKind.Failover);
    }

    [Test]
    public void Plan_TooManyDeletions_SaysHowToLetThemThrough() =>
        Plan("50%", 40, 39).HeldBack.Single().Message.Should()
            .Be("39 of 40 managed routes would be deleted, more than the 20 that --max-deletes 50% allows at once; none of them is. Check the route spec; if it is meant, give --max-deletes 39");

    [Test]
    public void Plan_DeletionsHeldBack_IsEmptyButNotInLine() =>
        Plan("0", 5, 1).Should().Match<RoutePlan>(plan => plan.IsEmpty && !plan.IsInLine);

    [Test]
    public void Plan_EmptySpec_ObeysTheLimitToo()
    {
        var input = new PlanningInput(RouteSpec.Empty, HealthHistory.Empty, TestVpc.WithHosts(1).WithTable("rtb-1", Others(20)).Snapshot(), new RoutePolicy(), TestVpc.Start) { ManagedBefore = ["rtb-1"] };

        RoutePlanner.Plan(input).HeldBack.Single().Changes.Should().HaveCount(20);
    }

    [Test]
    public void Plan_UnmanagedRoutes_CountForNothing()
    {
        var vpc = TestVpc.WithHosts(1).WithTable("rtb-1", [.. Others(11), .. Enumerable.Range(0, 50).Select(i => TestVpc.Propagated($"10.9.{i}.0/24"))]);

        RoutePlanner.Plan(TestSpec.Of(X, 1), TestSpec.Failed(), vpc.Snapshot(), new RoutePolicy()).HeldBack.Single().Changes.Should().HaveCount(11);
    }

    [Test]
    public void Plan_FewerFailThanThePanicThreshold_FailsOver() => Panic(Begin(FourHosts).Then(1, 1), 2).Should().Match<RoutePlan>(plan => plan.Changes.Length == 1 && plan.HeldBack.IsEmpty);

    [Test]
    public void Plan_MoreFailThanThePanicThreshold_HoldsFailoversBack()
    {
        var plan = Panic(Begin(FourHosts).Then(1, 1, 2), 2);

        (plan.IsEmpty, plan.HeldBack.Single().Guard, plan.HeldBack.Single().Changes.Single().NewRouter is not null, plan.PlanAgainAt).Should().Be((true, "panic-threshold", true, At(11)));
    }

    [Test]
    public void Plan_NoPanicThreshold_FailsOver() =>
        RoutePlanner.Plan(FourHosts, Begin(FourHosts).Then(1, 1, 2, 3), OnFirst().Snapshot(), new RoutePolicy(), At(2)).Changes.Should().ContainSingle();

    [Test]
    public void Plan_HostsStillFailedAfterTheWindow_AreBelievedDead() => Panic(Begin(FourHosts).Then(1, 1, 2), 11).Changes.Should().ContainSingle();

    [Test]
    public void Plan_OneOfThemIsBack_EndsThePanic() => Panic(Begin(FourHosts).Then(1, 1, 2).Then(3, 1), 4).HeldBack.Should().BeEmpty();

    [Test]
    public void Plan_FailuresFurtherApartThanTheWindow_AreNoPanic() => Panic(Begin(FourHosts).Then(1, 2).Then(11.5, 1, 2), 12).HeldBack.Should().BeEmpty();

    [Test]
    public void Plan_FailuresOneAfterAnother_PanicLastsUntilEnoughAreOld() => Panic(Begin(FourHosts).Then(1, 2).Then(4, 1, 2).Then(8, 1, 2, 3), 9).PlanAgainAt.Should().Be(At(14));

    [Test]
    public void Plan_OneHostFlapsForever_IsNoPanic()
    {
        var health = Begin(FourHosts);
        for (var i = 1; i < 100; i++)
            Panic(health = i % 2 == 0 ? health.Then(i) : health.Then(i, 1), i).HeldBack.Should().BeEmpty();
    }

    [Test]
    public void Plan_PanicAndEc2ShowsABlackhole_FailsOver()
    {
        var vpc = TestVpc.WithHosts(4).WithTable("rtb-1", TestVpc.Via(X, "eni-1", RouteState.Blackhole));

        RoutePlanner.Plan(FourHosts, Begin(FourHosts).Then(1, 1, 2), vpc.Snapshot(), Panicking, At(2)).Changes.Should().ContainSingle();
    }

    [Test]
    public void Plan_PanicAndRouteMissing_IsCreated() =>
        RoutePlanner.Plan(FourHosts, Begin(FourHosts).Then(1, 1, 2), TestVpc.WithHosts(4).WithTable("rtb-1").Snapshot(), Panicking, At(2)).Changes.Should().ContainSingle();

    [Test]
    public void Plan_PanicAndFailbackDue_Stays()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1, 2, 3, 4) with { Select = RouterSelectionMode.Ordered, Failback = TimeSpan.FromSeconds(5) });

        RoutePlanner.Plan(spec, Begin(spec).Then(100, 3, 4), TestVpc.WithHosts(4).WithTable("rtb-1", TestVpc.Via(X, "eni-2")).Snapshot(), Panicking, At(101)).IsEmpty.Should().BeTrue();
    }

    [TestCase("50%", 100, 50)]
    [TestCase("33.3%", 100, 33)]
    [TestCase("50%", 4, 10)]
    [TestCase("0%", 100, 0)]
    [TestCase("7", 100, 7)]
    public void Allowed_Limit_GivesTheNumber(string limit, int managed, int expected) => DeleteLimit.Parse(limit).Allowed(managed).Should().Be(expected);

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("101%")]
    [TestCase("50 %")]
    [TestCase("half")]
    [TestCase("1e3%")]
    public void Parse_NeitherCountNorPercentage_Throws(string text) =>
        FluentActions.Invoking(() => DeleteLimit.Parse(text)).Should().Throw<FormatException>().WithMessage("is neither a number of routes nor a percentage*");

    [TestCase("50%")]
    [TestCase("12.5%")]
    [TestCase("7")]
    public void ToString_Limit_ReadsBack(string text) => DeleteLimit.Parse(text).ToString().Should().Be(text);

    private static Route[] Others(int count) => [.. Enumerable.Range(0, count).Select(i => TestVpc.Via($"10.2.{i}.0/24", "eni-1"))];

    /// <summary>A VPC of so many managed routes, all but those to be deleted named by the spec.</summary>
    private static RoutePlan Plan(string limit, int routes, int deletions)
    {
        var all = Others(routes);
        var spec = TestSpec.Of([.. all.Skip(deletions).Select(route => TestSpec.Entry(route.Destination.ToString(), 1))]);
        return RoutePlanner.Plan(spec, TestSpec.Failed(), TestVpc.WithHosts(1).WithTable("rtb-1", all).Snapshot(), new RoutePolicy { MaxDeletes = DeleteLimit.Parse(limit) });
    }

    private static TestVpc OnFirst() => TestVpc.WithHosts(4).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

    private static RoutePlan Panic(HealthHistory health, double second) => RoutePlanner.Plan(FourHosts, health, OnFirst().Snapshot(), Panicking, At(second));
}
