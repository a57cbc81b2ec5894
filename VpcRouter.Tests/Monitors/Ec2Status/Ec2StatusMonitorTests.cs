using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Monitors.Ec2Status;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Monitors.Ec2Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class Ec2StatusMonitorTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";
    private const string C = "10.0.0.3";
    private readonly ArmedTimeProvider _time = new();
    private readonly FakeInstances _api = new();
    private readonly RecordingLogger<Ec2StatusMonitor> _log = new();

    [Test]
    public async Task Report_First_ComesWithTheFirstPoll()
    {
        _api.Set(B, InstanceState.Stopped);
        _api.Set(C, InstanceState.Stopping);
        await using var run = new RunningMonitor(Monitor());

        run.Give(A, B, C);
        var report = await run.NextAsync();

        (RunningMonitor.Names(report.Failed), RunningMonitor.Names(report.Questionable), report.Observer).Should().BeEquivalentTo((new[] { B }, new[] { C }, "ec2status"));
        _log.Lines.Should().Contain($"Host {B} has failed, says ec2status: instance i-{B} is stopped.");
    }

    [Test]
    public async Task Report_NoHosts_IsEmptyAndAsksNobody()
    {
        await using var run = new RunningMonitor(Monitor());

        run.Give();

        (await run.NextFailedAsync()).Should().BeEmpty();
        _api.Polls.Reader.Count.Should().Be(0);
    }

    [Test]
    public async Task Report_Change_ComesWithTheNextPollAndNothingElseDoes()
    {
        await using var run = new RunningMonitor(Monitor());
        run.Give(A, B);
        await run.NextAsync();
        _api.Set(A, InstanceState.Stopping);
        (await NextAsync(run)).Questionable.Should().HaveCount(1);
        _api.Set(A, InstanceState.Stopped);
        (await NextAsync(run)).Should().Match<VpcRouter.Health.HealthReport>(report => report.Questionable.Count == 0 && report.Failed.Count == 1);
        _api.Set(A, InstanceState.Running);
        (await NextAsync(run)).Failed.Should().BeEmpty();

        for (var polls = _api.Polls.Reader.Count; _api.Polls.Reader.Count < polls + 3; await Task.Yield())
            _time.Advance(TimeSpan.FromMilliseconds(100));

        run.WaitingReports.Should().Be(0);
    }

    [Test]
    public async Task Fall_AndRise_CountPolls()
    {
        await using var run = new RunningMonitor(Monitor(fall: 3, rise: 2));
        run.Give(A);
        await run.NextAsync();
        await PolledAsync(1);
        _api.Set(A, InstanceState.Stopped);

        var failed = run.NextAsync();
        await PolledAsync(3, failed);
        (await failed).Failed.Should().HaveCount(1);
        _api.Set(A, InstanceState.Running);
        var back = run.NextAsync();
        await PolledAsync(2, back);

        (await back).Failed.Should().BeEmpty();
    }

    [Test]
    public async Task Hosts_Removed_VanishWithoutAPoll()
    {
        _api.Set(A, InstanceState.Stopped);
        _api.Set(B, InstanceState.Stopped);
        await using var run = new RunningMonitor(Monitor());
        run.Give(A, B);
        await run.NextAsync();
        await PolledAsync(1);

        run.Give(B);

        (await run.NextFailedAsync()).Should().Equal(B);
        _api.Polls.Reader.Count.Should().Be(0);
    }

    [Test]
    public async Task Hosts_Added_AreAskedAboutAtOnceButNotMoreThanOncePerSecond()
    {
        await using var run = new RunningMonitor(Monitor());
        run.Give(A);
        (await _time.NextWaitAsync()).Should().Be(TimeSpan.FromSeconds(10));
        await PolledAsync(1);

        run.Give(A, B);
        (await _time.NextWaitAsync()).Should().Be(PollPace.ShortestGap);
        _time.Advance(PollPace.ShortestGap);

        (await _api.Polls.Reader.ReadAsync()).Should().Equal(A, B);
    }

    [Test]
    public async Task Hosts_AddedDuringAPoll_AreAskedAboutInTheNext()
    {
        var hold = new TaskCompletionSource();
        _api.Hold = hold.Task;
        await using var run = new RunningMonitor(Monitor());
        run.Give(A);
        (await _api.Polls.Reader.ReadAsync()).Should().Equal(A);

        run.Give(B);
        await Eventually.BeTrueAsync(() => run.WaitingHosts == 0);
        hold.SetResult();

        (await _time.AdvanceUntilAsync(_api.Polls.Reader.ReadAsync().AsTask())).Should().Equal(B);
    }

    [Test]
    public async Task Poll_Fails_KeepsTheLastWordSaysSoOnceAndGoesOn()
    {
        _api.Set(A, InstanceState.Stopped);
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        run.Give(A, B);
        await run.NextAsync();
        _api.StatusFails = FakeInstances.Error();

        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, TimeSpan.FromMilliseconds(500));

        run.WaitingReports.Should().Be(0);
        monitor.Problem.Should().MatchRegex("[0-9]+ times in a row").And.Contain("as the test wants it");
        _log.Lines.Count(line => line.Contains("(1 in a row", StringComparison.Ordinal)).Should().Be(1);
        _log.Lines.Should().NotContain(line => line.Contains("(2 in a row", StringComparison.Ordinal));
        ((long)monitor.GetStatistics()["polls_failed"]!).Should().BeGreaterThanOrEqualTo(3);
        _api.StatusFails = null;
        _api.Set(A, InstanceState.Running);
        (await NextAsync(run)).Failed.Should().BeEmpty();
        monitor.Problem.Should().BeNull();
        _log.Lines.Should().Contain(line => line.StartsWith("EC2 answers again", StringComparison.Ordinal));
    }

    [Test]
    public async Task Poll_FailsUnexpectedly_IsAFailedPollLikeAnother()
    {
        _api.FindFails = new InvalidOperationException("a fault of ours");
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, TimeSpan.FromMilliseconds(500));

        _api.FindFails = null;

        (await NextAsync(run)).Failed.Should().BeEmpty();
    }

    [Test]
    public async Task Poll_HangsPastItsDeadline_IsAFailedPoll()
    {
        _api.Hold = new TaskCompletionSource().Task;
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        run.Give(A);

        await Eventually.BeTrueAsync(() => monitor.Problem is not null, _time, TimeSpan.FromMilliseconds(500));

        monitor.Problem.Should().Contain("--ec2-status-timeout");
    }

    [Test]
    public async Task Poll_InterfacesNotToBeHad_GoesByThoseKnown()
    {
        var monitor = Monitor();
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await run.NextAsync();
        _api.FindFails = FakeInstances.Error();
        _api.Set(A, InstanceState.Stopped);

        (await NextAsync(run)).Failed.Should().HaveCount(1);
        monitor.Problem.Should().BeNull();
        _log.Lines.Should().Contain(line => line.StartsWith("EC2 could not be asked which interfaces", StringComparison.Ordinal));
    }

    [Test]
    public async Task Stop_DuringAPoll_Ends()
    {
        _api.Hold = new TaskCompletionSource().Task;
        var run = new RunningMonitor(Monitor());
        run.Give(A);
        await _api.Polls.Reader.ReadAsync();

        await run.StopAsync();

        run.Running.IsCanceled.Should().BeTrue();
        await run.DisposeAsync();
    }

    [Test]
    public async Task Hosts_ChannelBreaks_EndsTheMonitorSoThatItIsRestarted()
    {
        await using var run = new RunningMonitor(Monitor());

        run.BreakHosts(new InvalidOperationException("broken"));

        await run.Awaiting(it => it.Running).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");
    }

    [TestCase(0, true, 10)]
    [TestCase(1, false, 10)]
    [TestCase(1, true, 20)]
    [TestCase(2, true, 40)]
    [TestCase(3, true, 60)]
    [TestCase(1000, true, 60)]
    public void After_Failures_BacksOffWhenThrottledOnly(int failures, bool throttled, double seconds) =>
        PollPace.After(TimeSpan.FromSeconds(10), failures, throttled).Should().Be(TimeSpan.FromSeconds(seconds));

    [Test]
    public void After_LongInterval_IsNeverShortened() =>
        PollPace.After(TimeSpan.FromHours(1), 1, throttled: true).Should().Be(TimeSpan.FromHours(1));

    [Test]
    public async Task Poll_Throttled_WaitsLongerEvenIfTheHostsChange()
    {
        _api.StatusFails = FakeInstances.Error(VpcApiErrorKind.Throttled);
        await using var run = new RunningMonitor(Monitor());
        run.Give(A);
        (await _time.NextWaitAsync()).Should().Be(TimeSpan.FromSeconds(20));

        run.Give(A, B);

        (await _time.NextWaitAsync()).Should().Be(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Meters_Polls_CountAsProbes()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Meter.Scope == meters)
                    it.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        _api.StatusFails = FakeInstances.Error();
        await using var run = new RunningMonitor(new Ec2StatusMonitor(new Ec2StatusSettings(), _api, _time, _log, meters));

        run.Give(A);
        await _log.NextContainingAsync("(1 in a row");

        counted.Should().Equal(new Dictionary<string, long> { ["vpcrouter.probing.probes"] = 1, ["vpcrouter.probing.failures"] = 1 });
    }

    private Ec2StatusMonitor Monitor(int fall = 1, int rise = 1) => new(new Ec2StatusSettings { Fall = fall, Rise = rise }, _api, _time, _log);

    private Task<VpcRouter.Health.HealthReport> NextAsync(RunningMonitor run) => _time.AdvanceUntilAsync(run.NextAsync(), 100);

    /// <summary>Lets time pass until that many polls have begun, and shows that what must not come before has not.</summary>
    private async Task PolledAsync(int times, Task? notBefore = null)
    {
        for (var i = 0; i < times; i++)
        {
            notBefore?.IsCompleted.Should().BeFalse();
            await _time.AdvanceUntilAsync(_api.Polls.Reader.ReadAsync().AsTask(), 100);
        }
    }
}
