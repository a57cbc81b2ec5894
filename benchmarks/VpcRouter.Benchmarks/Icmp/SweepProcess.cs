using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Benchmarks.Icmp;

/// <summary>The process that is measured: the monitor <c>icmpecho</c> as the product makes and runs it, one sweep a second, and nothing else.</summary>
internal static class SweepProcess
{
    public static async Task<SweepOutcome> RunAsync(int hosts, int seconds)
    {
        await using var services = Services();
        var monitor = (IMonitorPlugin)services.GetRequiredService<IPluginFactory>().Create(PluginKind.Monitor, "icmpecho").Plugin;
        var lists = Channel.CreateBounded<HostList>(1);
        var reports = Channel.CreateUnbounded<HealthReport>();
        lists.Writer.TryWrite(new HostList(LoopbackHosts.Take(hosts)));
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();
        await monitor.MonitorAsync(lists.Reader, reports.Writer, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        var wall = TimeProvider.System.GetElapsedTime(start);
        var sent = (long)((IPluginStatistics)monitor).GetStatistics()["pings_sent"]!;
        await monitor.DisposeAsync();
        var (failures, said) = Count(reports.Reader);
        using var self = Process.GetCurrentProcess();
        // Without a report nobody knows that no host was called failed.
        return new SweepOutcome(sent, said ? failures : -1, self.TotalProcessorTime.TotalSeconds, wall.TotalSeconds, Math.Round(self.WorkingSet64 / 1048576.0, 1));
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddVpcRouter().AddPlugins(BuiltInMonitors.Assembly)
            .ConfigurePlugins(new Dictionary<string, string> { ["icmp-check-interval"] = 1.ToString(CultureInfo.InvariantCulture) });
        return services.BuildServiceProvider();
    }

    private static (int Failures, bool Said) Count(ChannelReader<HealthReport> reports)
    {
        var (before, failures, said) = (HealthReport.AllHealthy, 0, false);
        while (reports.TryRead(out var report))
        {
            failures += report.Failed.Count(host => !before.Failed.Contains(host));
            (before, said) = (report, true);
        }

        return (failures, said);
    }
}
