using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using VpcRouter.Benchmarks.Probing;
using VpcRouter.Benchmarks.Tcp;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Plugins;

namespace VpcRouter.Tests.Monitors.Network;

/// <summary>A prober that can't look must not take what it doesn't see for failures. It is a process of its own, over hosts that all live.</summary>
internal sealed class StarvedProberTests
{
    private const int Hosts = 200;

    // It is ended earlier, however late everything comes.
    private const int Seconds = 300;
    private const int BusyProcesses = 4;
    private static readonly TimeSpan Starved = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookingAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [OneTimeSetUp]
    public void NeedsLinux()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Signals, taskset and loopback addresses as on Linux are needed.");
    }

    [TestCase("icmpecho")]
    [TestCase("tcp")]
    public async Task Prober_StoppedForSeconds_FailsNobody(string monitor)
    {
        using var acceptor = await Acceptor.StartAsync();

        var outcome = await SweepAsync(monitor, acceptor, async process =>
        {
            await SignalAsync(process, "STOP");
            await Task.Delay(Starved, TimeProvider.System);
            await SignalAsync(process, "CONT");
        });

        outcome.FalseFailures.Should().Be(0);
    }

    [TestCase("icmpecho")]
    [TestCase("tcp")]
    public async Task Prober_OthersTakeTheProcessor_FailsNobody(string monitor)
    {
        using var acceptor = await Acceptor.StartAsync();

        var outcome = await SweepAsync(monitor, acceptor, async process =>
        {
            using var pin = Start("taskset", "-acp", Processor(), process.Id.ToString());
            await pin.WaitForExitAsync();
            // Each ends by itself after so much processor time, should the test be ended before it ends them.
            Process[] busy = [.. Enumerable.Range(0, BusyProcesses).Select(_ => Start("taskset", "-c", Processor(), "nice", "-n", Environment.IsPrivilegedProcess ? "-10" : "0", "sh", "-c", "ulimit -t 20; while :; do :; done"))];
            try
            {
                await Task.Delay(Starved, TimeProvider.System);
                busy.Should().OnlyContain(one => !one.HasExited, "otherwise nobody takes the processor");
            }
            finally
            {
                foreach (var one in busy)
                {
                    one.Kill();
                    one.Dispose();
                }
            }
        });

        outcome.FalseFailures.Should().Be(0);
    }

    /// <summary>Probes five times a second, so patiently that only what is counted wrongly can fail a host.</summary>
    private static async Task<SweepOutcome> SweepAsync(string monitor, Acceptor acceptor, Func<Process, Task> starve)
    {
        string[] settings = monitor == "tcp"
            ? ["tcp-check-interval=0.2", "tcp-check-timeout=1", $"tcp-check-port={acceptor.Port}"]
            : PermittedToPing(["icmp-check-interval=0.2", "icmp-check-timeout=1"]);
        var start = MeasuredProcess.StartOwn(SweepProcess.Arguments(monitor, Hosts, Seconds, settings));
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            (await process.StandardError.ReadLineAsync().WaitAsync(Patience)).Should().Be(SweepProcess.Ready);
            await starve(process);
            await Task.Delay(LookingAgain, TimeProvider.System);
            process.HasExited.Should().BeFalse("it has to look again afterwards");
            await SignalAsync(process, "TERM");
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            TestContext.Out.WriteLine(output);
            return JsonSerializer.Deserialize<SweepOutcome>(output, JsonSerializerOptions.Web)!;
        }
        finally
        {
            process.Kill();
        }
    }

    private static string[] PermittedToPing(string[] settings)
    {
        try
        {
            EchoSocket.Open(AddressFamily.InterNetwork, TimeProvider.System).Dispose();
        }
        catch (PluginException e)
        {
            Assert.Ignore(e.Message);
        }

        return settings;
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Start("kill", $"-{signal}", process.Id.ToString());
        await kill.WaitForExitAsync();
        kill.ExitCode.Should().Be(0);
    }

    private static Process Start(string tool, params string[] arguments) => Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;

    /// <summary>One that this process may use.</summary>
    private static string Processor() => File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t', ',', '-')[1];
}
