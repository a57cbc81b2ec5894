using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Benchmarks.Planner;

/// <summary>Measures <see cref="RoutePlanner"/> on VPCs of growing size, each run on a snapshot that no plan was made from before.</summary>
internal static class PlannerBenchmark
{
    private const int Tables = 200;
    private const int WarmUps = 35;
    private const int Runs = 21;

    public static object Run()
    {
        var cases = new List<PlannerCase>();
        foreach (var routes in (int[])[10, 100, 1000])
        {
            var vpc = new PlannerVpc(Tables, routes);
            cases.Add(Measure("steady", routes, vpc, vpc.InLine, HealthReport.AllHealthy));
            cases.Add(Measure("one-lost", routes, vpc, vpc.InLine, vpc.OneLost));
            cases.Add(Measure("empty", routes, vpc, vpc.WithoutRoutes, HealthReport.AllHealthy));
        }

        return new { cases };
    }

    private static PlannerCase Measure(string name, int routes, PlannerVpc vpc, Func<VpcSnapshot> look, HealthReport health)
    {
        var policy = new RoutePolicy();
        var times = new Samples();
        var bytes = new Samples();
        for (var run = -WarmUps; run < Runs; run++)
        {
            var snapshot = look();
            GC.Collect();
            var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            var begin = TimeProvider.System.GetTimestamp();
            var plan = RoutePlanner.Plan(vpc.Spec, health, snapshot, policy);
            var elapsed = TimeProvider.System.GetElapsedTime(begin);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
            if (plan.IsEmpty != (name == "steady"))
                throw new InvalidOperationException($"{name} with {routes} routes a table made a plan of {plan.Changes.Length} changes");
            if (run < 0)
                continue;
            times.Add(elapsed.TotalMilliseconds);
            bytes.Add(allocated);
        }

        var result = new PlannerCase(Tables, Tables * routes, name, Math.Round(times.Percentile(50), 3), (long)bytes.Percentile(50));
        Console.WriteLine($"{result.Routes,7} routes, {name,-8} {result.Ms,9:F3} ms {result.Bytes,12:N0} bytes");
        return result;
    }
}
