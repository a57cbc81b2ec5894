using VpcRouter.Reconciliation;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>Measures how long a verdict takes to become writes: 1,000 hosts monitored, 100 routes to move.</summary>
internal static class FailoverBenchmark
{
    private const int Hosts = 1000;
    private const int WarmUps = 10;
    private const int Runs = 200;

    public static async Task<object> RunAsync()
    {
        var first = new Samples();
        var last = new Samples();
        await using (var rig = await FailoverRig.StartAsync(Hosts, new WriteLimits { Burst = 1_000_000, PerSecond = 1_000_000 }, TimeSpan.Zero))
        {
            for (var run = -WarmUps; run < Runs; run++)
            {
                var measured = await rig.FailOverAsync();
                if (run < 0)
                    continue;
                first.Add(measured.UntilFirst.TotalMilliseconds);
                last.Add(measured.UntilLast.TotalMilliseconds);
            }
        }

        first.Tell("first");
        last.Tell("last");
        return new
        {
            firstMsP50 = Math.Round(first.Percentile(50), 2),
            firstMsP99 = Math.Round(first.Percentile(99), 2),
            lastMsP50 = Math.Round(last.Percentile(50), 2),
            lastMsP99 = Math.Round(last.Percentile(99), 2),
            throttledRatio = Math.Round(await ThrottledRatioAsync(), 3),
        };
    }

    private static async Task<double> ThrottledRatioAsync()
    {
        var limits = new WriteLimits();
        await using var rig = await FailoverRig.StartAsync(Hosts, limits, TimeSpan.Zero);
        var measured = await rig.FailOverAsync();
        return measured.UntilLast.TotalSeconds / ((FailoverVpc.RoutesToMove - limits.Burst) / limits.PerSecond);
    }
}
