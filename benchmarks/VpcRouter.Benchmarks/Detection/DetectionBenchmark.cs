using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Benchmarks.Network;
using VpcRouter.Benchmarks.Probing;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Benchmarks.Detection;

/// <summary>How long it takes from a host's last answer until the monitor's report says so, beside what M4 allows.</summary>
internal static class DetectionBenchmark
{
    private const int Tries = 50;

    /// <summary>Hosts that live, so that not all are lost together.</summary>
    private const int Living = 50;

    private const double SuspectPaceMs = 50;

    private static readonly string[] Monitors = ["icmpecho", "tcp"];
    private static readonly double[] Intervals = [2, 1, 0.2];
    private static readonly int[] Falls = [2, 3];
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public static Task<object?> RunAsync()
    {
        var cases = new List<object>();
        var missing = NamespaceThread.Run(() =>
        {
            cases.AddRange(
                from monitor in Monitors
                from interval in Intervals
                from fall in Falls
                select Measure(monitor, interval, fall));
        });
        return Task.FromResult<object?>(missing is null ? new { tries = Tries, cases } : throw new InvalidOperationException(missing));
    }

    /// <remarks>Waits by blocking: what runs on must run in the namespace's threads.</remarks>
    private static object Measure(string name, double interval, int fall)
    {
        var hosts = FaultyLine.Hosts(Tries + Living).ToArray();
        var start = TimeProvider.System.GetTimestamp();
        // Hosts die at moments of their own, in no relation to when they are probed.
        var moments = hosts[..Tries].ToDictionary(host => host, _ => start + Ticks(Settling.TotalSeconds + (interval * (1 + (2 * Random.Shared.NextDouble())))));
        using var line = FaultyLine.Lay(new DyingHosts(moments));
        using var services = SweepProcess.Services(new Dictionary<string, string>
        {
            [name == "tcp" ? "tcp-check-interval" : "icmp-check-interval"] = interval.ToString(CultureInfo.InvariantCulture),
            ["fall"] = fall.ToString(CultureInfo.InvariantCulture),
        });
        var monitor = (IMonitorPlugin)services.GetRequiredService<IPluginFactory>().Create(PluginKind.Monitor, name).Plugin;
        var lists = Channel.CreateBounded<HostList>(1);
        var reports = Channel.CreateUnbounded<HealthReport>();
        lists.Writer.TryWrite(new HostList(hosts));
        using var stopping = new CancellationTokenSource();
        var running = monitor.MonitorAsync(lists.Reader, reports.Writer, stopping.Token);
        var (took, early) = Collect(reports.Reader, moments);
        stopping.Cancel();
        running.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        monitor.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var timeout = Math.Min(0.5, interval);
        var bound = ((interval + timeout) * 1000) + ((fall - 1) * SuspectPaceMs);
        Console.Error.WriteLine($"{name}, interval {interval} s, fall {fall}: {took.Percentile(50):0} ms, at most {took.Percentile(100):0} ms of {bound:0} ms");
        return new
        {
            monitor = name,
            intervalS = interval,
            fall,
            minMs = Math.Round(took.Percentile(0)),
            p50Ms = Math.Round(took.Percentile(50)),
            p99Ms = Math.Round(took.Percentile(99)),
            maxMs = Math.Round(took.Percentile(100)),
            boundMs = Math.Round(bound),
            falseFailures = early,
        };
    }

    private static (Samples Took, int Early) Collect(ChannelReader<HealthReport> reports, Dictionary<IPAddress, long> moments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var (took, early) = (new Samples(), 0);
        var known = new HashSet<IPAddress>();
        for (var found = 0; found < moments.Count;)
        {
            var report = reports.ReadAsync(patience.Token).AsTask().GetAwaiter().GetResult();
            var at = TimeProvider.System.GetTimestamp();
            known.IntersectWith(report.Failed);
            foreach (var host in report.Failed.Where(known.Add))
            {
                if (!moments.TryGetValue(host, out var moment) || at < moment)
                {
                    early++;
                    continue;
                }

                took.Add(TimeProvider.System.GetElapsedTime(moment, at).TotalMilliseconds);
                found++;
            }
        }

        return (took, early);
    }

    private static long Ticks(double seconds) => (long)(seconds * TimeProvider.System.TimestampFrequency);
}
