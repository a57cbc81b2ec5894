using System.Globalization;
using VpcRouter.Benchmarks.Probing;

namespace VpcRouter.Benchmarks.Tcp;

/// <summary>What a check a second of many hosts costs beside HAProxy's, on the same addresses and port. Each run is a process of its own.</summary>
internal static class TcpBenchmark
{
    private const int Rounds = 3;
    private const int Seconds = 30;

    public static async Task<object?> RunAsync(string[] args) =>
        args is ["--hosts", var hosts, "--against", "haproxy"] && Count.TryParse(hosts, out var count) ? await BesideAsync(count) : null;

    private static async Task<object> BesideAsync(int hosts)
    {
        var (ours, peers, ourWalls, peerWalls, ratios, perCheck) = (new Samples(), new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        var (failures, peerFailures, probes, connections, left) = (0, 0, 0L, 0L, 0);
        for (var round = 1; round <= Rounds; round++)
        {
            var (our, wall, outcome, socketsLeft) = await OursAsync(hosts);
            var (peer, peerWall, peerFailed, peerConnections) = await PeerAsync(hosts);
            ours.Add(our);
            peers.Add(peer);
            ourWalls.Add(wall);
            peerWalls.Add(peerWall);
            ratios.Add(our / peer);
            perCheck.Add(our / outcome.Probes / (peer / peerConnections));
            failures += outcome.FalseFailures;
            peerFailures += peerFailed;
            probes += outcome.Probes;
            connections += peerConnections;
            left += socketsLeft;
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: ours {our:0.00} s for {outcome.Probes} checks, haproxy {peer:0.00} s for {peerConnections}"));
        }

        return new
        {
            hosts,
            rounds = Rounds,
            secondsPerRound = Seconds,
            cpuS = Math.Round(ours.Percentile(50), 2),
            peerCpuS = Math.Round(peers.Percentile(50), 2),
            wallS = Math.Round(ourWalls.Percentile(50), 2),
            peerWallS = Math.Round(peerWalls.Percentile(50), 2),
            ratio = Math.Round(ratios.Percentile(50), 3),
            ratioPerCheck = Math.Round(perCheck.Percentile(50), 3),
            checks = probes,
            peerChecks = connections,
            falseFailures = failures,
            peerFalseFailures = peerFailures,
            socketsLeft = left,
        };
    }

    private static async Task<(double Cpu, double Wall, SweepOutcome Outcome, int SocketsLeft)> OursAsync(int hosts)
    {
        using var acceptor = await Acceptor.StartAsync();
        var (cpu, wall, outcome) = await MeasuredProcess.SweepAsync("tcp", hosts, Seconds, "tcp-check-interval=1", $"tcp-check-port={acceptor.Port}");
        var left = acceptor.SocketsLeft();
        await acceptor.StopAsync();
        return (cpu, wall, outcome, left);
    }

    private static async Task<(double Cpu, double Wall, int FalseFailures, long Connections)> PeerAsync(int hosts)
    {
        using var acceptor = await Acceptor.StartAsync();
        var before = ConnectionsBegun();
        var (cpu, wall, failures) = await HaproxyPeer.RunAsync([.. LoopbackHosts.Take(hosts)], acceptor.Port, TimeSpan.FromSeconds(Seconds));
        var connections = ConnectionsBegun() - before;
        await acceptor.StopAsync();
        return (cpu, wall, failures, connections);
    }

    /// <summary>By the whole machine since its start: HAProxy doesn't say how often it checked, and nobody else connects as often.</summary>
    private static long ConnectionsBegun()
    {
        var lines = File.ReadLines("/proc/net/snmp").Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        return long.Parse(lines[1][Array.IndexOf(lines[0], "ActiveOpens")], CultureInfo.InvariantCulture);
    }
}
