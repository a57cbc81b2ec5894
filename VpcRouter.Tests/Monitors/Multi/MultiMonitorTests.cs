using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Monitors.Multi;
using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Monitors.Multi;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed partial class MultiMonitorTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";
    private const string C = "10.0.0.3";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakePluginFactory _factory = new();

    [TestCase("one:two")]
    [TestCase("one,two")]
    [TestCase(" one , two ")]
    public void Constructor_Names_MakesEach(string names) =>
        Monitor(names).SubPlugins.Select(sub => sub.Descriptor.Name).Should().Equal("one", "two");

    [TestCase("", "--multi-plugins is required; give monitor names separated by : or ,")]
    [TestCase("one:", "--multi-plugins \"one:\" holds an empty name; give monitor names separated by one : or ,")]
    [TestCase("one:MULTI", "--multi-plugins \"one:MULTI\" names multi itself; give other monitors")]
    [TestCase("one:two:One", "--multi-plugins \"one:two:One\" names one twice; give each monitor once")]
    public void Constructor_NamesUnusable_SaysWhy(string names, string message)
    {
        var act = () => Monitor(names);

        act.Should().Throw<SettingsException>().WithMessage(message);
        _factory.Everything.Should().BeEmpty();
    }

    [Test]
    public void Constructor_UnknownName_ThrowsAndLeavesNothingBehind()
    {
        var act = () => Monitor("one:unknown");

        act.Should().Throw<PluginException>().WithMessage("*unknown*");
        _factory.Everything.Should().OnlyContain(monitor => monitor.Disposed.IsCompleted);
    }

    [Test]
    public void Constructor_SettingsOfSeveralWrong_CarriesAllErrors()
    {
        _factory.BreakSettings("one", "a");
        _factory.BreakSettings("two", "b");

        var act = () => Monitor("one:two:three");

        act.Should().Throw<SettingsException>().Which.Errors.Select(error => error.Setting).Should().Equal("a", "b");
        _factory.Everything.Should().OnlyContain(monitor => monitor.Disposed.IsCompleted);
    }

    [Test]
    public async Task Report_Votes_AreCombined()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B, C);

        await one.SayAsync(failed: A, questionable: B);
        await two.SayAsync(failed: "", questionable: $"{A} {C}");
        var report = await run.NextAsync();

        RunningMonitor.Names(report.Failed).Should().Equal(A);
        RunningMonitor.Names(report.Questionable).Should().Equal(B, C);
        report.Observer.Should().Be("multi");
        run.WaitingReports.Should().Be(0);
    }

    [Test]
    public async Task Report_First_WaitsForEverySubMonitor()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B);

        await one.SayAsync("");
        await two.SayAsync(B);

        (await run.NextFailedAsync()).Should().Equal(B);
    }

    [Test]
    public async Task Report_NoHosts_IsEmptyAtOnce()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));

        run.Give();

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Report_HostRemoved_VanishesBeforeSubMonitorsSayAnything()
    {
        await using var run = new RunningMonitor(Monitor("one"));
        var one = await _factory.NextAsync("one");
        await GiveAsync(run, [one], A, B);
        await one.SayAsync($"{A} {B}");
        await run.NextAsync();

        run.Give(B);

        (await run.NextFailedAsync()).Should().Equal(B);
    }

    [Test]
    public async Task SubMonitor_Crashes_LosesItsVoteAndIsRestartedWithTheHosts()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B);
        await one.SayAsync(A);
        await two.SayAsync(B);
        await run.NextAsync();

        one.Crash();
        (await run.NextFailedAsync()).Should().Equal(B);
        await one.Disposed;
        var again = await _time.AdvanceUntilAsync(_factory.NextAsync("one"), 100);
        (await again.Hosts.Reader.ReadAsync()).Should().HaveCount(2);
        await again.SayAsync(A);

        (await run.NextFailedAsync()).Should().Equal(A, B);
    }

    [Test]
    public async Task SubMonitor_DownFromTheStart_HoldsNothingBack()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B);
        await two.SayAsync(B);

        one.Return();

        (await run.NextFailedAsync()).Should().Equal(B);
    }

    [Test]
    public async Task SubMonitor_CannotBeMadeAgain_IsTriedAgain()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A);
        await two.SayAsync("");
        _factory.Broken["one"] = new PluginException("not now");
        one.Crash();
        await run.NextAsync();
        var again = _factory.NextAsync("one");
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        _factory.Broken.TryRemove("one", out _);

        (await _time.AdvanceUntilAsync(again, 100)).Should().NotBeSameAs(one);
    }

    [Test]
    public async Task SubMonitor_BreaksItsReports_IsRestartedAllTheSame()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var one = await _factory.NextAsync("one");

        await one.BreakReportsAsync();
        one.Crash();

        (await _time.AdvanceUntilAsync(_factory.NextAsync("one"), 100)).Should().NotBeSameAs(one);
    }

    [Test]
    public void BackOff_NothingHelps_DoublesFromOneToThirtySeconds()
    {
        var waits = new List<double>();
        for (var wait = SubMonitor.FirstBackOff; waits.Count < 7; wait = SubMonitor.Longer(wait))
            waits.Add(wait.TotalSeconds);

        waits.Should().Equal(1, 2, 4, 8, 16, 30, 30);
    }

    [Test]
    public async Task Stop_Running_StopsAndDisposesAll()
    {
        await using var run = new RunningMonitor(Monitor("one:two"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A);

        await run.StopAsync();

        run.Running.IsCanceled.Should().BeTrue();
        one.Disposed.IsCompleted.Should().BeTrue();
        two.Disposed.IsCompleted.Should().BeTrue();
    }

    [Test]
    public async Task Stop_SubMonitorHangs_IsBounded()
    {
        var factory = new FakePluginFactory { IgnoresStop = true };
        var run = new RunningMonitor(new MultiMonitor(new MultiSettings { Plugins = "one" }, factory, _time, NullLogger<MultiMonitor>.Instance));
        var one = await factory.NextAsync("one");
        await GiveAsync(run, [one], A);

        var stopped = StopAsync(run);

        (await _time.AdvanceUntilAsync(stopped, 100)).Should().BeTrue();
        one.Return();
        await one.Disposed;
        await run.DisposeAsync();
    }

    [Test]
    public async Task Dispose_NeverRun_DisposesWhatWasMade()
    {
        await Monitor("one:two").DisposeAsync();

        _factory.Everything.Should().HaveCount(2).And.OnlyContain(monitor => monitor.Disposed.IsCompleted);
    }

    private static async Task<bool> StopAsync(RunningMonitor run)
    {
        await run.StopAsync();
        return true;
    }

    private static async Task GiveAsync(RunningMonitor run, FakeMonitor[] subs, params string[] hosts)
    {
        run.Give(hosts);
        foreach (var sub in subs)
            (await sub.Hosts.Reader.ReadAsync()).Should().HaveCount(hosts.Length);
    }

    private MultiMonitor Monitor(string names, string mode = "any") => new(new MultiSettings { Plugins = names, Mode = MultiMode.Parse(mode, null) }, _factory, _time, NullLogger<MultiMonitor>.Instance);
}
