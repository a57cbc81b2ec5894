using VpcRouter.Reconciliation;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>Counts the calls to EC2 of a recheck that finds nothing to do, and of a failover of 100 routes with the look that confirms it.</summary>
internal static class ApiCallsBenchmark
{
    private static readonly TimeSpan ShortestRecheckInterval = TimeSpan.FromSeconds(5);

    public static async Task<object> RunAsync()
    {
        var cases = new List<object>();
        foreach (var hosts in (int[])[10, 200, 2000])
        {
            await using var rig = await FailoverRig.StartAsync(hosts, new WriteLimits { Burst = 1_000_000, PerSecond = 1_000_000 }, ShortestRecheckInterval);
            // The first recheck after the start may still be the answer to what the start asked for.
            await rig.RecheckAsync();
            var recheck = await rig.RecheckAsync();
            var failover = await rig.FailOverAsync();
            cases.Add(new { hosts, recheck = ByName(recheck), failover = ByName(failover.Calls) });
        }

        return new { cases };
    }

    private static SortedDictionary<string, int> ByName(IEnumerable<SimulatorCall> calls) =>
        new(calls.CountBy(call => call.Action).ToDictionary(), StringComparer.Ordinal);
}
