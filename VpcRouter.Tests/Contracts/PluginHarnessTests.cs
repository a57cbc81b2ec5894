using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.Contracts;

internal sealed class PluginHarnessTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Test]
    public async Task NextSpec_Watcher_GivesIt()
    {
        await using var run = FixedConf().StartWatcher();

        (await run.NextSpecAsync()).Entries.Should().ContainSingle().Which.Destination.ToString().Should().Be("10.1.0.0/16");
        run.Instance.ShownSettings.Should().ContainKey("fixed_cidr");
    }

    [Test]
    public async Task NextSpec_FileChanges_TellsEachStateAndLogsWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("spec.json", """{ "10.1.0.0/16": ["10.0.0.1"] }""");
        await using var run = Watcher("configfile").With("file", file).StartWatcher();
        await run.NextSpecAsync();

        folder.Replace("spec.json", "{");
        await run.Log.ContainingAsync("spec.json");
        folder.Replace("spec.json", """{ "10.2.0.0/16": ["10.0.0.1"] }""");

        (await run.NextSpecAsync(spec => spec.Entries[0].Destination.ToString() == "10.2.0.0/16")).Hosts.Should().ContainSingle();
        run.WaitingSpecs.Should().Be(0);
    }

    [Test]
    public async Task Restart_Watcher_IsAnotherInstanceThatSaysItAgain()
    {
        await using var run = FixedConf().StartWatcher();
        await run.NextSpecAsync();
        var before = run.Instance.Plugin;

        await run.RestartAsync();

        (await run.NextSpecAsync()).IsEmpty.Should().BeFalse();
        run.Instance.Plugin.Should().NotBeSameAs(before);
    }

    [Test]
    public async Task NextSpec_NoneComes_SaysHowLongItWaited()
    {
        await using var run = Flawed(Flaw.SaysNothing).StartWatcher();

        await run.Awaiting(it => it.NextSpecAsync(timeout: Short)).Should().ThrowAsync<PluginTestException>().WithMessage("Expected a route spec within 0.1 s; none came. Nothing was logged.");
    }

    [Test]
    public async Task NextSpec_OnlyOthersCome_SaysWhatCame()
    {
        await using var run = Flawed(Flaw.None).StartWatcher();
        await Eventually.BeTrueAsync(() => run.WaitingSpecs == 1);

        await run.Awaiting(it => it.NextSpecAsync(spec => spec.IsEmpty, Short)).Should().ThrowAsync<PluginTestException>()
            .WithMessage("Expected a route spec within 0.1 s; none came that fits. The last that came was another one: 2 destinations [10.1.0.0/16 via 10.0.0.1, 10.2.0.0/16 via 10.0.0.2].*");
    }

    // A turn counts for 0.1 s at most, so 2 s are 20 of them, though 13 would take as long; 0.5 s are five, but two take four times as long.
    [TestCase(2000, 150, 20, 100)]
    [TestCase(500, 1100, 1, 2)]
    public async Task NextSpec_EverythingIsLate_CountsTurnsButNotForEver(int limit, int late, int fewest, int most)
    {
        await using var run = Flawed(Flaw.SaysNothing).StartWatcher();
        var stops = 0;

        await run.Awaiting(it => it.NextSpecAsync(timeout: TimeSpan.FromMilliseconds(limit), whileWaiting: StandStill)).Should().ThrowAsync<PluginTestException>();

        stops.Should().BeInRange(fewest, most);

        void StandStill()
        {
            stops++;
            SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(late));
        }
    }

    [Test]
    public async Task NextSpec_WatcherFailed_CarriesWhatItThrew()
    {
        await using var run = Flawed(Flaw.FailsLater).StartWatcher();
        await run.NextSpecAsync();

        (await run.Awaiting(it => it.NextSpecAsync()).Should().ThrowAsync<PluginTestException>().WithMessage("Expected a route spec; the plugin failed: broke*"))
            .WithInnerException<InvalidOperationException>();
    }

    [Test]
    public async Task NextReport_FakeClock_IsMovedOnWhileWaiting()
    {
        var time = new FakeTimeProvider();
        await using var run = Monitor("tcp").With("tcp-check-interval", "60").With("tcp-check-port", "1").WithTime(time).StartMonitor();
        run.SetHosts("127.77.10.1");

        var report = await run.NextReportAsync(report => report.Failed.Count == 1, whileWaiting: () => time.Advance(TimeSpan.FromSeconds(1)));

        report.Observer.Should().Be("tcp");
    }

    [Test]
    public async Task Restart_Monitor_GetsTheHostsAgain()
    {
        await using var run = Monitor("always").StartMonitor();
        run.SetHosts("10.0.0.1");
        await run.NextReportAsync();

        await run.RestartAsync();

        await run.NextReportAsync();
    }

    [Test]
    public void With_SettingThatIsNone_ListsThoseThereAre() =>
        FluentActions.Invoking(() => FixedConf().With("fixed_cdir", "x")).Should().Throw<PluginTestException>().WithMessage("*--fixed-cdir is none of: *--fixed-cidr*");

    [Test]
    public void Start_BadSetting_NamesIt() =>
        FluentActions.Invoking(() => FixedConf().With("fixed_cidr", "x").StartWatcher()).Should().Throw<SettingsException>().WithMessage("--fixed-cidr*");

    [Test]
    public void Start_OtherKind_IsRefused() =>
        FluentActions.Invoking(() => FixedConf().StartMonitor()).Should().Throw<InvalidOperationException>().WithMessage("\"fixedconf\" is a watcher.");

    [Test]
    public void For_ClassThatNoAttributeNames_SaysWhatIsMissing() =>
        FluentActions.Invoking(PluginHarness.For<TimelessWatcher>).Should().Throw<PluginTestException>().WithMessage("*typeof(TimelessWatcher)*found 0*");

    private static PluginHarness FixedConf() => Watcher("fixedconf").With("fixed_cidr", "10.1.0.0/16").With("fixed-hosts", "10.0.0.1");

    private static PluginHarness Watcher(string name) => PluginHarness.For(PluginKind.Watcher, name, BuiltInWatchers.Assembly);

    private static PluginHarness Monitor(string name) => PluginHarness.For(PluginKind.Monitor, name, BuiltInMonitors.Assembly);

    private static PluginHarness Flawed(Flaw flaw) => PluginHarness.For<FlawedWatcher>().WithServices(services => services.AddSingleton(new FlawedProcess(flaw)));

    private sealed class TimelessWatcher : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
