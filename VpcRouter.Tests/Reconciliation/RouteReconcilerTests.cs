using Microsoft.Extensions.Time.Testing;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation;

[CancelAfter(30_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RouteReconcilerTests
{
    private const string X = "10.1.0.0/16";
    private const string Y = "10.2.0.0/16";
    private static readonly RouteTarget Nat = new(RouteTargetKind.NatGateway, "nat-1");
    private readonly FakeTimeProvider _time = new(TestVpc.Start);

    [Test]
    public async Task ReconcileAsync_RouteMissing_CreatesIt()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);

        await ReconcileAsync(api, TestSpec.Of(X, 1));

        api.Done.Should().Equal(VpcWrite.Of(VpcAction.Create, "rtb-1", X, "eni-1"));
    }

    [Test]
    public async Task ReconcileAsync_Again_WritesNothing()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);

        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);

        api.Begun.Should().ContainSingle();
    }

    [Test]
    public async Task ReconcileAsync_OneWriteFails_DoesTheOthers()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time)
        {
            FailWrite = write => write.Destination.ToString() == X ? InMemoryVpc.Error(VpcApiErrorKind.Unavailable) : null,
        };

        var result = await ReconcileAsync(api, TestSpec.Of(TestSpec.Entry(X, 1), TestSpec.Entry(Y, 1)));

        (result.IsComplete, api.TargetOf("rtb-1", Y)).Should().Be((false, RouteTarget.OfInterface("eni-1")));
    }

    [Test]
    public async Task ReconcileAsync_ApiBreaksItsContract_GivesAnOutcome()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time) { FailWrite = _ => new InvalidOperationException("oops") };

        (await ReconcileAsync(api, TestSpec.Of(X, 1))).Outcomes.Single().Error!.Code.Should().Be(nameof(InvalidOperationException));
    }

    [Test]
    public async Task ReconcileAsync_RouteAppearedMeanwhile_LooksAgainAndReplaces()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot(), _time);
        api.HoldWrite = write =>
        {
            if (write.Action == VpcAction.Create)
                api.Become(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-2")).Snapshot());
            return Task.CompletedTask;
        };

        var result = await ReconcileAsync(api, TestSpec.Of(X, 1));

        (result.IsComplete, api.Done.Single()).Should().Be((true, VpcWrite.Of(VpcAction.Replace, "rtb-1", X, "eni-1")));
    }

    [Test]
    public async Task ReconcileAsync_SecondRound_KeepsTheOutcomesOfTheFirst()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot(), _time);
        api.FailWrite = write => write.Action == VpcAction.Create && write.Destination.ToString() == X ? InMemoryVpc.Error(VpcApiErrorKind.RouteAlreadyExists) : null;

        var result = await ReconcileAsync(api, TestSpec.Of(TestSpec.Entry(X, 1), TestSpec.Entry(Y, 1)));

        result.Outcomes.Select(outcome => (outcome.Change.Destination.ToString(), outcome.Succeeded)).Should().BeEquivalentTo([(Y, true), (X, false)]);
    }

    [Test]
    public async Task ReconcileAsync_ContradictionsWithoutEnd_GivesUp()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(3).WithTable("rtb-1").Snapshot(), _time);
        var turn = 0;
        api.FailWrite = _ =>
        {
            api.Become(TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(X, $"eni-{2 + (turn++ % 2)}")).Snapshot());
            return InMemoryVpc.Error(VpcApiErrorKind.RouteAlreadyExists);
        };

        await ReconcileAsync(api, TestSpec.Of(X, 1));

        api.Looks.Should().Be(3);
    }

    [Test]
    public async Task ApplyAsync_ReplacedRouteIsMissing_CreatesIt()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-2")).Snapshot(), _time);
        using var reconciler = Reconciler(api);
        var plan = await reconciler.PlanAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);
        api.Become(TestVpc.WithHosts(2).WithTable("rtb-1").Snapshot());

        await reconciler.ApplyAsync(plan, default);

        api.Done.Should().Equal(VpcWrite.Of(VpcAction.Create, "rtb-1", X, "eni-1"));
    }

    [Test]
    public async Task ApplyAsync_DeletedRouteIsMissing_Succeeds()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1"), TestVpc.Via(Y, "eni-1")).Snapshot(), _time);
        using var reconciler = Reconciler(api);
        var plan = await reconciler.PlanAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);
        api.Become(TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).Snapshot());

        (await reconciler.ApplyAsync(plan, default)).IsComplete.Should().BeTrue();
    }

    [Test]
    public async Task ApplyAsync_NoLookYet_Throws()
    {
        using var reconciler = Reconciler(new InMemoryVpc(new TestVpc().Snapshot(), _time));

        await reconciler.Invoking(r => r.ApplyAsync(new RoutePlan([], [], []), default)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Plan_OwnWriteNotShownYet_IsEmpty()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        api.FreezeView();
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);

        (await reconciler.PlanAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default)).IsEmpty.Should().BeTrue();
    }

    [Test]
    public async Task Plan_OwnWriteNotShownForAMinute_IsDoneAgain()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        api.FreezeView();
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);
        _time.Advance(TimeSpan.FromSeconds(60));

        (await reconciler.PlanAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default)).Changes.Should().ContainSingle();
    }

    [Test]
    public async Task Plan_OwnWriteShownAndThenUndoneByOthers_IsDoneAgain()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);
        await reconciler.LookAsync(default);
        api.Become(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot());

        (await reconciler.PlanAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default)).Changes.Should().ContainSingle();
    }

    [Test]
    public async Task Plan_PropagatedRouteBesideOurUnconfirmedWrite_IsEmpty()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Propagated(X), TestVpc.Via(X, "eni-2")).Snapshot(), _time);
        using var reconciler = Reconciler(api);
        api.FreezeView();
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);

        reconciler.Plan(TestSpec.Of(X, 1), HealthReport.AllHealthy).IsEmpty.Should().BeTrue();
    }

    [Test]
    public async Task ReconcileAsync_HostStoppedButMonitorCallsItHealthy_DoesNotGoBackAndForth()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1", TestVpc.Via(X, "eni-1")).Snapshot(), _time);
        api.StopInstance("i-1");
        using var reconciler = Reconciler(api);
        var spec = TestSpec.Of(TestSpec.Entry(X, 1) with { Fallback = Nat });

        for (var i = 0; i < 5; i++)
            await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);

        api.Done.Should().ContainSingle();
    }

    [Test]
    public async Task ReconcileAsync_EmptySpecAfterAnother_DeletesWhatWasManaged()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        await reconciler.ReconcileAsync(TestSpec.Of(X, 1), HealthReport.AllHealthy, default);

        await reconciler.ReconcileAsync(RouteSpec.Empty, HealthReport.AllHealthy, default);

        api.TargetOf("rtb-1", X).Should().BeNull();
    }

    [Test]
    public async Task LookAsync_OlderLookAnswersLast_NewerOneStays()
    {
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), _time);
        using var reconciler = Reconciler(api);
        var gate = new TaskCompletionSource();
        api.HoldLook = () => gate.Task;
        var older = reconciler.LookAsync(default);
        api.HoldLook = () => Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(1));
        await reconciler.LookAsync(default);

        gate.SetResult();
        await older;

        reconciler.Snapshot!.TakenAt.Should().Be(TestVpc.Start.AddSeconds(1));
    }

    private RouteReconciler Reconciler(InMemoryVpc api) => new(api, new RoutePolicy(), time: _time);

    private async Task<ReconcileResult> ReconcileAsync(InMemoryVpc api, RouteSpec spec)
    {
        using var reconciler = Reconciler(api);
        return await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, default);
    }
}
