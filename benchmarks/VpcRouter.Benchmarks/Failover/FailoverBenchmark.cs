using VpcRouter.Reconciliation;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>Measures how long a verdict takes to become writes: 1,000 hosts monitored, 100 routes to move, and as many as are asked for under EC2's own limits.</summary>
internal static class FailoverBenchmark
{
    private const int Hosts = 1000;
    private const int WarmUps = 10;
    private const int Runs = 200;

    public static async Task<object> RunAsync(int throttledRoutes)
    {
        var first = new Samples();
        var last = new Samples();
        var cold = 0.0;
        await using (var rig = await FailoverRig.StartAsync(Hosts, new WriteLimits { Burst = 1_000_000, PerSecond = 1_000_000 }, TimeSpan.Zero))
        {
            for (var run = -WarmUps; run < Runs; run++)
            {
                var measured = await rig.FailOverAsync();
                if (run == -WarmUps)
                    cold = measured.UntilFirst.TotalMilliseconds;
                if (run < 0)
                    continue;
                first.Add(measured.UntilFirst.TotalMilliseconds);
                last.Add(measured.UntilLast.TotalMilliseconds);
            }
        }

        first.Tell("first");
        last.Tell("last");
        Console.WriteLine($"cold  the first failover after the start: {cold:F2} ms to the first write");
        var throttled = await ThrottledAsync(throttledRoutes);
        return new
        {
            firstMsP50 = Math.Round(first.Percentile(50), 2),
            firstMsP99 = Math.Round(first.Percentile(99), 2),
            lastMsP50 = Math.Round(last.Percentile(50), 2),
            lastMsP99 = Math.Round(last.Percentile(99), 2),
            throttledRatio = Math.Round(throttled.Ratio, 3),
            throttledRoutes,
            throttledFirstMs = Math.Round(throttled.FirstMs, 2),
            coldFirstMs = Math.Round(cold, 2),
        };
    }

    private static async Task<(double Ratio, double FirstMs)> ThrottledAsync(int routes)
    {
        var limits = new WriteLimits();
        await using var rig = await FailoverRig.StartAsync(Hosts, limits, TimeSpan.Zero, routes);
        rig.Throttle();
        var measured = await rig.FailOverAsync();
        var bound = (routes - limits.Burst) / limits.PerSecond;
        Console.WriteLine($"{routes} routes under EC2's limits: {measured.UntilLast.TotalSeconds:F2} s, at best {bound:F0} s; EC2 throttled {measured.Throttled} writes");
        return (measured.UntilLast.TotalSeconds / bound, measured.UntilFirst.TotalMilliseconds);
    }
}
