using System.Diagnostics;
using System.Globalization;
using VpcRouter.Benchmarks.Probing;

namespace VpcRouter.Benchmarks.Icmp;

/// <summary>What sweeps over many hosts cost, one a second alone or four a second beside <c>fping</c> on the same list. Each run is a process of its own; a child measures nothing but itself.</summary>
internal static class IcmpBenchmark
{
    private const int Rounds = 5;

    /// <summary>Many, and four a second, so that the start of a process, which a service does once, is a small part of what is measured.</summary>
    private const int SweepsBeside = 240;

    private const int SweepsASecond = 4;

    /// <summary>More than about six of 10,000 hosts within ten seconds, and fping runs out of sequence numbers.</summary>
    private const int SweepsPerFping = 5;

    private const int SweepsAlone = 20;

    public static async Task<object?> RunAsync(string[] args) => args switch
    {
        ["--hosts", var hosts] when Count.TryParse(hosts, out var count) => await AloneAsync(count),
        ["--hosts", var hosts, "--against", "fping"] when Count.TryParse(hosts, out var count) => await BesideAsync(count),
        _ => null,
    };

    private static async Task<object> AloneAsync(int hosts)
    {
        var (cpu, _, outcome) = await OursAsync(hosts, SweepsAlone, sweepsASecond: 1);
        return new
        {
            hosts,
            seconds = SweepsAlone,
            probes = outcome.Probes,
            cpuS = Math.Round(cpu, 3),
            cpuShare = Math.Round(cpu / outcome.WallS, 3),
            microsecondsPerProbe = Math.Round(cpu / outcome.Probes * 1e6, 2),
            falseFailures = outcome.FalseFailures,
            residentMb = outcome.ResidentMb,
        };
    }

    private static async Task<object> BesideAsync(int hosts)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(list, LoopbackHosts.Take(hosts).Select(host => host.ToString()));
            var (ours, peers, ourWalls, peerWalls, ratios) = (new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
            var (failures, probes) = (0, 0L);
            for (var round = 1; round <= Rounds; round++)
            {
                var (peer, peerWall) = await PeerAsync(list);
                var (our, wall, outcome) = await OursAsync(hosts, SweepsBeside, SweepsASecond);
                ours.Add(our);
                peers.Add(peer);
                ourWalls.Add(wall);
                peerWalls.Add(peerWall);
                ratios.Add(our / peer);
                failures += outcome.FalseFailures;
                probes += outcome.Probes;
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round}: ours {our:0.000} s for {outcome.Probes} probes, fping {peer:0.000} s for {(long)hosts * SweepsBeside}"));
            }

            return new
            {
                hosts,
                rounds = Rounds,
                sweepsPerRound = SweepsBeside,
                cpuS = Math.Round(ours.Percentile(50), 3),
                peerCpuS = Math.Round(peers.Percentile(50), 3),
                wallS = Math.Round(ourWalls.Percentile(50), 2),
                peerWallS = Math.Round(peerWalls.Percentile(50), 2),
                ratio = Math.Round(ratios.Percentile(50), 3),
                probes,
                falseFailures = failures,
            };
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static async Task<(double Cpu, double Wall)> PeerAsync(string list)
    {
        var (cpu, wall) = (0.0, 0.0);
        for (var sweeps = 0; sweeps < SweepsBeside; sweeps += SweepsPerFping)
        {
            var (cost, took, _, _) = await MeasuredProcess.RunAsync(new ProcessStartInfo("fping", ["-q", "-c", $"{SweepsPerFping}", "-p", $"{1000 / SweepsASecond}", "-i", "0.01", "-f", list]));
            (cpu, wall) = (cpu + cost, wall + took);
        }

        return (cpu, wall);
    }

    private static Task<(double Cpu, double Wall, SweepOutcome Outcome)> OursAsync(int hosts, int sweeps, int sweepsASecond) =>
        MeasuredProcess.SweepAsync("icmpecho", hosts, sweeps / sweepsASecond, $"icmp-check-interval={1000 / sweepsASecond}ms");
}
