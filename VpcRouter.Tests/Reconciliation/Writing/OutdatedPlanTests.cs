using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Reconciliation.Writing;

[CancelAfter(60_000)]
public sealed class OutdatedPlanTests
{
    private const int Routes = 64;
    private static readonly RouteSpec Spec = TestSpec.Of([.. Enumerable.Range(0, Routes).Select(i => TestSpec.Entry($"10.0.{i}.0/24", 1))]);

    [Test]
    public async Task ApplyAsync_PlanOlderThanTheLookThatShowsItsWrites_WritesNothingAgain()
    {
        var api = Api();
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 2 * Routes });
        var plan = await reconciler.PlanAsync(Spec, HealthReport.AllHealthy, default);
        await reconciler.ApplyAsync(plan, default);
        await reconciler.LookAsync(default);

        await reconciler.ApplyAsync(plan, default);

        api.Begun.Should().HaveCount(Routes);
    }

    [Test]
    public async Task ApplyAsync_RouteDeletedAgainByOthers_IsWrittenAgain()
    {
        var api = Api();
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 2 * Routes });
        await reconciler.ReconcileAsync(Spec, HealthReport.AllHealthy, default);
        await reconciler.LookAsync(default);
        api.Become(Vpc().Snapshot());

        await reconciler.ReconcileAsync(Spec, HealthReport.AllHealthy, default);

        api.Begun.Should().HaveCount(2 * Routes);
    }

    [Test]
    public async Task ApplyAsync_LooksAndPlansInAnyOrder_WritesEachRouteOnce()
    {
        for (var round = 0; round < 100; round++)
        {
            var api = Api();
            api.HoldWrite = async _ => await Task.Yield();
            api.HoldAnswer = async _ => await Task.Yield();
            using var reconciler = new RouteReconciler(api, new RoutePolicy(), new WriteLimits { Burst = 1000, Concurrency = 8 });
            await reconciler.LookAsync(default);
            await Task.WhenAll(Task.Run(() => PlanUntilDoneAsync(reconciler, api)), Task.Run(() => PlanUntilDoneAsync(reconciler, api)), Task.Run(() => LookUntilDoneAsync(reconciler, api)), Task.Run(() => LookUntilDoneAsync(reconciler, api)));

            api.Begun.Should().OnlyHaveUniqueItems($"of round {round}");
        }
    }

    private static async Task LookUntilDoneAsync(RouteReconciler reconciler, InMemoryVpc api)
    {
        while (api.Done.Count < Routes)
        {
            await reconciler.LookAsync(default);
            await Task.Yield();
        }
    }

    private static async Task PlanUntilDoneAsync(RouteReconciler reconciler, InMemoryVpc api)
    {
        var applying = new List<Task>();
        while (api.Done.Count < Routes)
        {
            applying.Add(reconciler.ApplyAsync(reconciler.Plan(Spec, HealthReport.AllHealthy), default));
            await Task.Yield();
        }

        await Task.WhenAll(applying);
    }

    private static TestVpc Vpc() => TestVpc.WithHosts(1).WithTable("rtb-1");

    private static InMemoryVpc Api() => new(Vpc().Snapshot(), TimeProvider.System);
}
