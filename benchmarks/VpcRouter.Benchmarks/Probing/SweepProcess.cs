using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Benchmarks.Probing;

/// <summary>The process that is measured or starved: a monitor as the product makes and runs it, over loopback hosts, and nothing else.</summary>
internal static class SweepProcess
{
    /// <summary>The argument that makes this program the child; monitor, hosts, seconds and settings follow.</summary>
    public const string Name = "sweep";

    /// <summary>What the child says on its standard error once every host has been judged.</summary>
    public const string Ready = "ready";

    public static IEnumerable<string> Arguments(string monitor, int hosts, int seconds, params string[] settings) =>
        [Name, monitor, hosts.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture), .. settings];

    public static async Task<object?> RunAsync(string[] args)
    {
        if (args is not [var name, var hosts, var seconds, .. var rest] || !Count.TryParse(hosts, out var count) || !Count.TryParse(seconds, out var limit))
            return null;
        var settings = rest.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1]);
        return await RunAsync(name, count, limit, settings);
    }

    private static async Task<SweepOutcome> RunAsync(string name, int hosts, int seconds, Dictionary<string, string> settings)
    {
        await using var services = Services(settings);
        var monitor = (IMonitorPlugin)services.GetRequiredService<IPluginFactory>().Create(PluginKind.Monitor, name).Plugin;
        var lists = Channel.CreateBounded<HostList>(1);
        var reports = Channel.CreateUnbounded<HealthReport>();
        lists.Writer.TryWrite(new HostList(LoopbackHosts.Take(hosts)));
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        // Who starves it can't know beforehand how long that takes.
        using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        var start = TimeProvider.System.GetTimestamp();
        var counting = CountAsync(reports.Reader);
        await monitor.MonitorAsync(lists.Reader, reports.Writer, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        var wall = TimeProvider.System.GetElapsedTime(start);
        var sent = (long)((IPluginStatistics)monitor).GetStatistics()[name == "tcp" ? "checks_sent" : "pings_sent"]!;
        await monitor.DisposeAsync();
        reports.Writer.Complete();
        var failures = await counting;
        using var self = Process.GetCurrentProcess();
        return new SweepOutcome(sent, failures, self.TotalProcessorTime.TotalSeconds, wall.TotalSeconds, Math.Round(self.WorkingSet64 / 1048576.0, 1));
    }

    public static ServiceProvider Services(Dictionary<string, string> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddVpcRouter().AddPlugins(BuiltInMonitors.Assembly).ConfigurePlugins(settings);
        return services.BuildServiceProvider();
    }

    /// <returns>How many hosts were called failed; −1 without any report, when nobody knows.</returns>
    private static async Task<int> CountAsync(ChannelReader<HealthReport> reports)
    {
        var (before, failures) = (HealthReport.AllHealthy, -1);
        await foreach (var report in reports.ReadAllAsync())
        {
            if (failures < 0)
            {
                failures = 0;
                await Console.Error.WriteLineAsync(Ready);
            }

            failures += report.Failed.Count(host => !before.Failed.Contains(host));
            before = report;
        }

        return failures;
    }
}
