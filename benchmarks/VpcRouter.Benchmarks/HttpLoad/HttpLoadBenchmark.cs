using System.Diagnostics;
using VpcRouter.Benchmarks.Failover;
using VpcRouter.Reconciliation;

namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>
/// Measures what a crowd at the HTTP server costs the failovers: 1,000 clients that each ask for a page once a second and 100 that send
/// their requests byte by byte, in a process of their own. Rounds with and without them alternate, so that both meet the same machine.
/// </summary>
internal static class HttpLoadBenchmark
{
    public const int Clients = 1000;
    public const int SlowClients = 100;
    private const int Hosts = 1000;
    private const int WarmUps = 20;
    private const int Rounds = 8;
    private const int RunsOfARound = 50;

    public static async Task<object> RunAsync()
    {
        var idle = new Samples();
        var loaded = new Samples();
        var seconds = 0.0;
        var requests = 0L;
        var failed = 0L;
        var memory = new Samples();
        await using var rig = await FailoverRig.StartAsync(Hosts, new WriteLimits { Burst = 1_000_000, PerSecond = 1_000_000 }, TimeSpan.Zero);
        await using var server = await StatusServer.StartAsync(rig.Services);
        await MeasureAsync(rig, new Samples(), WarmUps, new Samples());
        await using (var crowd = await CrowdProcess.StartAsync(server.Url))
            await MeasureAsync(rig, new Samples(), WarmUps, new Samples());
        await MeasureAsync(rig, new Samples(), WarmUps, new Samples());
        var idleMemory = WorkingSetMb();
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync(rig, idle, RunsOfARound, new Samples());
            await using var crowd = await CrowdProcess.StartAsync(server.Url);
            await MeasureAsync(rig, loaded, RunsOfARound, memory);
            var report = await crowd.StopAsync();
            seconds += report.Seconds;
            requests += report.Requests;
            failed += report.Failed;
        }

        idle.Tell("idle");
        loaded.Tell("load");
        return new
        {
            clients = Clients,
            slowClients = SlowClients,
            crowdNice = CrowdProcess.Nice,
            requests,
            requestsPerSecond = Math.Round(requests / seconds),
            failed,
            idleFirstMsP50 = Math.Round(idle.Percentile(50), 2),
            idleFirstMsP99 = Math.Round(idle.Percentile(99), 2),
            loadFirstMsP50 = Math.Round(loaded.Percentile(50), 2),
            loadFirstMsP99 = Math.Round(loaded.Percentile(99), 2),
            ratioP50 = Math.Round(loaded.Percentile(50) / idle.Percentile(50), 2),
            ratioP99 = Math.Round(loaded.Percentile(99) / idle.Percentile(99), 2),
            idleMemoryMb = idleMemory,
            loadMemoryMb = memory.Percentile(100),
        };
    }

    private static async Task MeasureAsync(FailoverRig rig, Samples first, int runs, Samples memory)
    {
        for (var run = 0; run < runs; run++)
        {
            var measured = await rig.FailOverAsync();
            first.Add(measured.UntilFirst.TotalMilliseconds);
            memory.Add(WorkingSetMb());
        }
    }

    private static double WorkingSetMb()
    {
        using var self = Process.GetCurrentProcess();
        return Math.Round(self.WorkingSet64 / 1048576.0, 1);
    }
}
