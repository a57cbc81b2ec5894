using System.ComponentModel;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Benchmarks.Network;
using VpcRouter.Health;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Monitors.Tcp;
using VpcRouter.Plugins;
using VpcRouter.Tests.Probing;

namespace VpcRouter.Tests.Monitors.Network;

/// <summary>
/// The monitors over a network that loses, delays, doubles and invents. It is a namespace of the test's own with one interface, whose
/// far end is the test: the packets are the kernel's, and what becomes of each is known exactly.
/// </summary>
internal sealed class FaultyNetworkTests
{
    private const string A = "10.99.1.0";
    private const string B = "10.99.1.1";
    private const int Fall = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <remarks>
    /// With requests and answers lost independently at the rate l, a probe is lost with q = 1 − (1 − l)². A failure needs `fall` lost in
    /// a row, and every probe ends such a run with q^fall at most; so the failures among n probes exceed the quantile of the binomial
    /// distribution (n, q^fall) with less than the significance. Beyond that, no host may fail more often than the line took a run from it.
    /// </remarks>
    [TestCase(0.05)]
    [TestCase(0.2)]
    public void IcmpEcho_PacketsLost_FailsNobodyBeyondTheBinomial(double loss)
    {
        const int Hosts = 200;
        // Twice as many as are judged, so that of the first half the deadlines have passed.
        var faults = new LossyHosts(loss, Fall, wanted: 20_000);
        OnLine(faults, () => IcmpEcho(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), FaultyLine.Hosts(Hosts), (run, _) =>
        {
            faults.Passed.Wait(Limit).Should().BeTrue();

            var failures = Failures(run);
            var allowed = Binomial.Allowed(faults.Probes, Math.Pow(faults.ProbeLoss, Fall), 1e-9);
            TestContext.Out.WriteLine($"{faults.Probes} probes, {failures.Values.Sum()} failures, {allowed} allowed");
            failures.Values.Sum().Should().BeLessThanOrEqualTo(allowed);
            failures.Where(host => host.Value > faults.RunsOf(host.Key)).Should().BeEmpty();
            if (loss >= 0.2)
                failures.Should().NotBeEmpty("hosts that lose three in a row are to be found");
        });
    }

    [Test]
    public void IcmpEcho_DelayWithJitter_FailsNobody()
    {
        var random = new Random(1);
        var faults = new TroubledHosts(wanted: 1000);
        foreach (var host in FaultyLine.Hosts(50))
            faults.Set(host, probe => [(LinePacket.Answer(probe.Span), TimeSpan.FromMilliseconds(150 + (100 * random.NextDouble())))]);
        OnLine(faults, () => IcmpEcho(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10)), FaultyLine.Hosts(50), (run, monitor) =>
        {
            faults.Passed.Wait(Limit).Should().BeTrue();

            Failures(run).Should().BeEmpty();
            Figures(monitor).Should().HaveCount(50).And.OnlyContain(host => (double)host["loss"]! == 0);
        });
    }

    [Test]
    public void IcmpEcho_AnswersDoubledAndReordered_FailsNobody()
    {
        var random = new Random(1);
        var faults = new TroubledHosts(wanted: 3000);
        foreach (var host in FaultyLine.Hosts(50))
        {
            // Over more than two intervals, so that answers overtake those to earlier probes.
            faults.Set(host, probe => [.. Enumerable.Range(0, 2).Select(_ => (LinePacket.Answer(probe.Span), TimeSpan.FromMilliseconds(250 * random.NextDouble())))]);
        }

        OnLine(faults, () => IcmpEcho(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)), FaultyLine.Hosts(50), (run, monitor) =>
        {
            faults.Passed.Wait(Limit).Should().BeTrue();

            Failures(run).Should().BeEmpty();
            Figures(monitor).Should().HaveCount(50).And.OnlyContain(host => (double)host["loss"]! == 0);
        });
    }

    [Test]
    public void IcmpEcho_ForeignNoise_NeitherSavesNorKillsAnyone()
    {
        var faults = new TroubledHosts();
        faults.Set(IPAddress.Parse(A), probe => [.. Noise(probe.Span), (LinePacket.Answer(probe.Span), TimeSpan.Zero)]);
        faults.Set(IPAddress.Parse(B), probe => Noise(probe.Span));
        OnLine(faults, () => IcmpEcho(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)), [IPAddress.Parse(A), IPAddress.Parse(B)], (run, _) =>
        {
            Next(run).Should().Equal(B);
            faults.Set(IPAddress.Parse(B), probe => [.. Noise(probe.Span), (LinePacket.Answer(probe.Span), TimeSpan.Zero)]);
            Next(run).Should().BeEmpty();
        });
    }

    /// <remarks>At the pace of the interval the verdict would take eighty seconds, which the wait for it doesn't give.</remarks>
    [TestCase("icmpecho")]
    [TestCase("tcp")]
    public void Monitor_HostVanishes_IsFoundWithoutWaitingForIntervals(string name)
    {
        const int PatientFall = 8;
        var faults = new TroubledHosts();
        OnLine(faults, () => Monitor(name, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(500), PatientFall), [IPAddress.Parse(A), IPAddress.Parse(B)], (run, _) =>
        {
            Next(run).Should().BeEmpty();
            faults.Vanish(B);
            var start = TimeProvider.System.GetTimestamp();

            Next(run).Should().Equal(B);

            TestContext.Out.WriteLine($"found after {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms; M4 allows {10_000 + 500 + ((PatientFall - 1) * 50)} ms");
            faults.ProbesOf(B).Should().BeGreaterThanOrEqualTo(PatientFall, "fewer must fail nobody");
        });
    }

    [TestCase("icmpecho")]
    [TestCase("tcp")]
    public void Monitor_HostUnreachable_IsFoundBeforeAnyDeadline(string name)
    {
        var faults = new TroubledHosts();
        OnLine(faults, () => Monitor(name, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(60), Fall), [IPAddress.Parse(A), IPAddress.Parse(B)], (run, _) =>
        {
            Next(run).Should().BeEmpty();
            faults.Refuse(B);

            Next(run).Should().Equal(B);
        });
    }

    /// <summary>More than 64 KiB of answers that are none: to others, with other data, from other hosts, far too long, and to nobody at all.</summary>
    private static IEnumerable<(byte[] Packet, TimeSpan Delay)> Noise(ReadOnlySpan<byte> probe)
    {
        var answer = LinePacket.Answer(probe);
        var payload = probe[28..].ToArray();
        payload[0] ^= 1;
        byte[][] noise =
        [
            LinePacket.FalseEcho(probe, new byte[65_000]),
            LinePacket.FalseEcho(probe, payload),
            LinePacket.FalseEcho(probe, [1]),
            LinePacket.From(IPAddress.Parse("10.99.7.7"), answer),
            LinePacket.Refusal(answer),
            .. Enumerable.Range(0, 16).Select(i => LinePacket.FalseEcho(answer, [.. Enumerable.Repeat((byte)i, 32)])),
        ];
        return noise.Select(packet => (packet, TimeSpan.Zero));
    }

    private static void OnLine(ILineFaults faults, Func<IMonitorPlugin> make, IEnumerable<IPAddress> hosts, Action<RunningMonitor, IMonitorPlugin> test) => NetworkNamespace.Run(() =>
    {
        FaultyLine line;
        try
        {
            line = FaultyLine.Lay(faults);
        }
        catch (Win32Exception e)
        {
            Assert.Ignore(e.Message);
            return;
        }

        using (line)
        {
            var monitor = make();
            var run = new RunningMonitor(monitor);
            try
            {
                run.Give([.. hosts.Select(host => host.ToString())]);
                test(run, monitor);
            }
            finally
            {
                // Blocks, since what goes on after an await would go on outside the namespace.
                run.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
    });

    private static string[] Next(RunningMonitor run) => run.NextFailedAsync().GetAwaiter().GetResult();

    /// <summary>How often each host was called failed so far.</summary>
    private static Dictionary<IPAddress, int> Failures(RunningMonitor run)
    {
        var (before, failures) = (HealthReport.AllHealthy, new Dictionary<IPAddress, int>());
        // The first is awaited: without it, nobody would know that nobody failed.
        do
        {
            var report = run.NextAsync().GetAwaiter().GetResult();
            foreach (var host in report.Failed.Where(host => !before.Failed.Contains(host)))
                failures[host] = failures.GetValueOrDefault(host) + 1;
            before = report;
        }
        while (run.WaitingReports > 0);
        return failures;
    }

    private static Dictionary<string, Dictionary<string, object?>>.ValueCollection Figures(IMonitorPlugin monitor) =>
        ((Dictionary<string, Dictionary<string, object?>>)((IPluginStatistics)monitor).GetStatistics()["hosts"]!).Values;

    private static IMonitorPlugin Monitor(string name, TimeSpan interval, TimeSpan timeout, int fall) =>
        name == "tcp" ? new TcpMonitor(new TcpSettings { Interval = interval, Timeout = timeout, Fall = fall }, TimeProvider.System, NullLogger<TcpMonitor>.Instance) : IcmpEcho(interval, timeout, fall);

    private static IcmpEchoMonitor IcmpEcho(TimeSpan interval, TimeSpan timeout, int fall = Fall) =>
        new(new IcmpEchoSettings { Interval = interval, Timeout = timeout, Fall = fall }, TimeProvider.System, NullLogger<IcmpEchoMonitor>.Instance);
}
