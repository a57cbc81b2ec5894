using Microsoft.Extensions.Time.Testing;
using VpcRouter.Tests.Monitors;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BlindnessTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";
    private const string C = "10.0.0.3";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeNetwork _network = new();
    private readonly RecordingLogger<FakeProbeMonitor> _log = new();

    [Test]
    public async Task Report_HostsFailAndThisMachineHasLostItsNetwork_IsHeldBackAndSaidOnce()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);

        Lose(monitor, A, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);
        await PassAsync(monitor, 20);

        run.WaitingReports.Should().Be(0);
        monitor.Problem.Should().StartWith("blind: this machine has no link or no route to any of the 3 hosts");
        monitor.GetStatistics()["self_check"].Should().Be(monitor.Problem);
        _log.Lines.Count(line => line.StartsWith("fake is blind", StringComparison.Ordinal)).Should().Be(1);
        _log.Lines.Should().NotContain(line => line.Contains("has failed", StringComparison.Ordinal));
    }

    [Test]
    public async Task Report_BlindnessOverAndAllAlive_NeedsNone()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);
        Lose(monitor, A, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);

        Regain(monitor, A, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is null, _time, Step);
        await PassAsync(monitor, 20);

        run.WaitingReports.Should().Be(0);
        monitor.GetStatistics()["self_check"].Should().Be("ok");
        _log.Lines.Should().Contain(line => line.StartsWith("fake is no longer blind", StringComparison.Ordinal));
    }

    [Test]
    public async Task Report_BlindnessOverAndOneHostDead_NamesThatOneOnly()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);
        Lose(monitor, A, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);

        Regain(monitor, A, C);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(B);
    }

    [Test]
    public async Task Report_HostFailedBeforeBlindnessAndIsBackAfterIt_SaysSo()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);
        monitor.Refuse(A);
        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(A);
        Lose(monitor, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);

        Regain(monitor, A, B, C);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().BeEmpty();
    }

    [Test]
    public async Task Report_AllHostsFailButTheNetworkIsThere_NamesAll()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);

        foreach (var host in new[] { A, B, C })
            monitor.Refuse(host);
        string[] failed = [];
        while (failed.Length < 3)
            failed = await _time.AdvanceUntilAsync(run.NextFailedAsync());

        failed.Should().Equal(A, B, C);
        monitor.Problem.Should().BeNull();
    }

    [Test]
    public async Task Report_BlindFromTheStart_WaitsUntilItSees()
    {
        var monitor = Monitor();
        Lose(monitor, A, B);
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);
        run.WaitingReports.Should().Be(0);

        Regain(monitor, A, B);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().BeEmpty();
    }

    [Test]
    public async Task Hosts_ReplacedByOnesThatCanBeReached_EndTheBlindness()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        await StartAsync(run);
        Lose(monitor, A, B, C);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, Step);

        run.Give("127.0.0.1");
        await Eventually.BeTrueAsync(() => monitor.Problem is null, _time, Step);

        run.WaitingReports.Should().Be(0);
    }

    [Test]
    public async Task Report_ProbesDoNotGoOverThisMachinesNetwork_CaresNothingForIt()
    {
        var monitor = new FakeProbeMonitor(TimeSpan.FromSeconds(2), _time, timeout: TimeSpan.FromDays(1)) { OverNetwork = false, Network = FakeNetwork.Lost };
        monitor.Refuse(A);
        await using var run = new RunningMonitor(monitor);

        run.Give(A);

        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().Equal(A);
    }

    // Refusals decide here: a deadline on fake time could pass before a loaded machine has run the probe at all.
    private FakeProbeMonitor Monitor() => new(TimeSpan.FromSeconds(2), _time, timeout: TimeSpan.FromDays(1), logger: _log) { OverNetwork = true, Network = _network };

    private async Task StartAsync(RunningMonitor run)
    {
        run.Give(A, B, C);
        (await _time.AdvanceUntilAsync(run.NextFailedAsync())).Should().BeEmpty();
    }

    private void Lose(FakeProbeMonitor monitor, params string[] hosts)
    {
        _network.HasRoute = _ => false;
        foreach (var host in hosts)
            monitor.Refuse(host);
    }

    private void Regain(FakeProbeMonitor monitor, params string[] hosts)
    {
        foreach (var host in hosts)
            monitor.Alive(host);
        _network.HasRoute = _ => true;
    }

    /// <summary>Lets time pass until so many more probes were sent.</summary>
    private async Task PassAsync(FakeProbeMonitor monitor, int probes)
    {
        var until = Sent(monitor) + probes;
        await Eventually.BeTrueAsync(() => Sent(monitor) >= until, _time, Step);
    }

    private static long Sent(FakeProbeMonitor monitor) => (long)monitor.GetStatistics()["probes_sent"]!;
}
