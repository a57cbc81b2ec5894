using Microsoft.Extensions.Time.Testing;
using VpcRouter.Tests.Monitors;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeMonitorTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A deadline on fake time could pass before a loaded machine has run the probe at all, or while it runs it.
    private static readonly TimeSpan Patient = TimeSpan.FromDays(1);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Test]
    public async Task Report_First_WaitsUntilEveryHostIsDecided()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        monitor.Refuse(B);
        await using var run = new RunningMonitor(monitor);

        run.Give(A, B);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(B);
    }

    [Test]
    public async Task Report_AllAlive_IsEmptyAndSaysWhoAndWhen()
    {
        await using var run = new RunningMonitor(new FakeProbeMonitor(Interval, _time, Patient));

        run.Give(A, B);
        var report = await _time.AdvanceUntilAsync(run.NextAsync());

        report.Failed.Should().BeEmpty();
        report.Observer.Should().Be("fake");
        report.ObservedAt.Should().BeOnOrBefore(_time.GetUtcNow()).And.BeOnOrAfter(DateTimeOffset.UnixEpoch);
    }

    [Test]
    public async Task Report_NoHosts_IsEmptyAtOnce()
    {
        await using var run = new RunningMonitor(new FakeProbeMonitor(Interval, _time));

        run.Give();

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Report_HostDiesAndComesBack_FollowsIt()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await _time.AdvanceUntilAsync(run.NextAsync());

        monitor.Refuse(A);
        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(A);
        monitor.Alive(A);
        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().BeEmpty();
    }

    [Test]
    public async Task Report_FailedHostRemoved_ComesWithoutWaitingForNewHosts()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, timeout: TimeSpan.FromHours(1));
        monitor.Refuse(A);
        monitor.Silence(B);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await _time.AdvanceUntilAsync(run.NextAsync());

        run.Give(B);

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Probe_Throws_FailsNobodyAndGoesOn()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        monitor.Throw(A, new InvalidOperationException("too many open files"));
        monitor.Refuse(B);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(B);
        await _time.AdvanceUntilAsync(monitor.ProbedAsync(A, times: 5), 100);
        monitor.Refuse(A);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(A, B);
    }

    [Test]
    public async Task Probe_HostIsSlow_DelaysNoOther()
    {
        var monitor = new FakeProbeMonitor(TimeSpan.FromMilliseconds(100), _time, Patient);
        monitor.Silence(B);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);

        await _time.AdvanceUntilAsync(monitor.ProbedAsync(A, times: 20));

        await Eventually.BeTrueAsync(() => monitor.RunningOf(A) == 0);
        monitor.RunningOf(B).Should().BeLessThanOrEqualTo(2, "a suspect has up to fall probes under way");
    }

    [Test]
    public async Task Probe_HostIsSuspect_IsRepeatedBeforeTheIntervalIsOver()
    {
        var monitor = new FakeProbeMonitor(TimeSpan.FromHours(1), _time);
        monitor.Silence(A);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);

        var report = await _time.AdvanceUntilAsync(run.NextAsync());

        report.Failed.Should().HaveCount(1);
        (report.ObservedAt - DateTimeOffset.UnixEpoch).Should().BeLessThan(TimeSpan.FromHours(1)).And.BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(500));
    }

    [Test]
    public async Task Probe_HostRemoved_IsCancelled()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        monitor.Silence(A);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await _time.AdvanceUntilAsync(monitor.ProbedAsync(A, times: 1));

        run.Give();

        (await monitor.Ended.Reader.ReadAsync()).Should().Be(A);
        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Stop_ProbesInFlight_EndsThemAll()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        monitor.Silence(A);
        monitor.Silence(B);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await _time.AdvanceUntilAsync(monitor.ProbedAsync(A, times: 1));

        await run.StopAsync();

        run.Running.IsCanceled.Should().BeTrue();
        monitor.Running.Should().Be(0);
    }

    [Test]
    public async Task HostChannel_Breaks_EndsTheMonitorSoThatItIsRestarted()
    {
        await using var run = new RunningMonitor(new FakeProbeMonitor(Interval, _time));

        run.BreakHosts(new InvalidOperationException("broken"));

        await run.Awaiting(broken => broken.Running).Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Probe_TenThousandHosts_DecidesAll()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        await using var run = new RunningMonitor(monitor);
        var hosts = Enumerable.Range(0, 10_000).Select(i => $"10.1.{i >> 8}.{i & 255}").ToArray();
        monitor.Refuse(hosts[4711]);

        run.Give(hosts);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(hosts[4711]);
    }

    [Test]
    public async Task Report_ThousandsFailTogether_AreFewReports()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        await using var run = new RunningMonitor(monitor);
        var hosts = Enumerable.Range(0, 3000).Select(i => $"10.1.{i >> 8}.{i & 255}").ToArray();
        run.Give(hosts);
        await _time.AdvanceUntilAsync(run.NextAsync());

        foreach (var host in hosts)
            monitor.Refuse(host);
        var reports = 1;
        while ((await _time.AdvanceUntilAsync(run.NextAsync(), 1)).Failed.Count < hosts.Length)
            reports++;

        reports.Should().BeLessThan(1000);
    }

    [Test]
    public async Task Report_EmptyListTwice_ComesOnce()
    {
        var monitor = new FakeProbeMonitor(Interval, _time, Patient);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await _time.AdvanceUntilAsync(run.NextAsync());

        run.Give();
        run.Give(B);
        await _time.AdvanceUntilAsync(monitor.ProbedAsync(B, times: 3));

        run.WaitingReports.Should().Be(0, "nobody had failed, and nobody has");
    }

    [Test]
    public async Task Statistics_AfterASweep_CountProbes()
    {
        var monitor = new FakeProbeMonitor(Interval, _time);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await _time.AdvanceUntilAsync(run.NextAsync());

        ((long)monitor.GetStatistics()["probes_sent"]!).Should().BeGreaterThanOrEqualTo(2);
    }
}
