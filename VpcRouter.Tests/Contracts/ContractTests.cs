using Microsoft.Extensions.DependencyInjection;

namespace VpcRouter.Tests.Contracts;

/// <summary>Plugins with one flaw each, and what the contract check says of them.</summary>
internal sealed class ContractTests
{
    // What a sound plugin here says, it says at once. A flawed one that never does is waited for this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Test]
    public async Task Watcher_WithoutFlaw_Passes() => await WatcherContract.CheckAsync(Watcher(Flaw.None));

    [TestCase(Flaw.SaysNothing, ContractRule.Delivers)]
    [TestCase(Flaw.FailsLater, ContractRule.KeepsRunning)]
    [TestCase(Flaw.IgnoresCancellation, ContractRule.StopsWhenTold)]
    [TestCase(Flaw.IgnoresCancellationBefore, ContractRule.StopsWhenTold)]
    [TestCase(Flaw.FailsWhenStopped, ContractRule.StopsQuietly)]
    [TestCase(Flaw.WritesLate, ContractRule.SilentAfterEnd)]
    [TestCase(Flaw.DisposesOnce, ContractRule.DisposesTwice)]
    [TestCase(Flaw.DisposesOnlyWhenRun, ContractRule.DisposesTwice)]
    [TestCase(Flaw.ForgetsHalfAfterRestart, ContractRule.FullState)]
    [TestCase(Flaw.IsDeadAfterRestart, ContractRule.Restarts)]
    [TestCase(Flaw.IsDeadBesideAnother, ContractRule.RunsTwice)]
    [TestCase(Flaw.StopsAnother, ContractRule.RunsTwice)]
    public async Task Watcher_Flawed_BreaksTheRule(Flaw flaw, ContractRule rule) =>
        await ShouldBreakAsync(rule, WatcherContract.CheckAsync(Watcher(flaw), new WatcherContractOptions { Patience = Patience, StopGrace = TimeSpan.FromSeconds(1) }));

    [Test]
    public async Task Watcher_ThatMustBePrompted_IsPromptedAfterEachStart()
    {
        var prompted = new List<WatcherRun>();

        await WatcherContract.CheckAsync(Watcher(Flaw.None), new WatcherContractOptions { Prompt = run => Task.Run(() => prompted.Add(run)) });

        prompted.Should().HaveCount(4);
    }

    [Test]
    public async Task Monitor_WithoutFlaw_Passes() => await MonitorContract.CheckAsync(Monitor(Flaw.None), Hosts());

    [Test]
    public async Task Monitor_NobodyFails_Passes() => await MonitorContract.CheckAsync(Monitor(Flaw.None), Hosts() with { FailedHosts = [] });

    [TestCase(Flaw.SaysNothing, ContractRule.Delivers)]
    [TestCase(Flaw.FailsLater, ContractRule.KeepsRunning)]
    [TestCase(Flaw.ReturnsEarly, ContractRule.KeepsRunning)]
    [TestCase(Flaw.IgnoresCancellation, ContractRule.StopsWhenTold)]
    [TestCase(Flaw.IgnoresCancellationBefore, ContractRule.StopsWhenTold)]
    [TestCase(Flaw.FailsWhenStopped, ContractRule.StopsQuietly)]
    [TestCase(Flaw.WritesLate, ContractRule.SilentAfterEnd)]
    [TestCase(Flaw.DisposesOnce, ContractRule.DisposesTwice)]
    [TestCase(Flaw.DisposesOnlyWhenRun, ContractRule.DisposesTwice)]
    [TestCase(Flaw.SaysDeltas, ContractRule.FullState)]
    [TestCase(Flaw.NamesStrangers, ContractRule.KnownHostsOnly)]
    [TestCase(Flaw.KeepsRemovedHosts, ContractRule.KnownHostsOnly)]
    [TestCase(Flaw.FailsOnEmptyList, ContractRule.SurvivesEmptyHostList)]
    [TestCase(Flaw.FailsOnEmptyListAtFirst, ContractRule.SurvivesEmptyHostList)]
    [TestCase(Flaw.IsDeadAfterRestart, ContractRule.Restarts)]
    [TestCase(Flaw.IsDeadBesideAnother, ContractRule.RunsTwice)]
    [TestCase(Flaw.StopsAnother, ContractRule.RunsTwice)]
    [TestCase(Flaw.SharesHosts, ContractRule.RunsTwice)]
    public async Task Monitor_Flawed_BreaksTheRule(Flaw flaw, ContractRule rule) =>
        await ShouldBreakAsync(rule, MonitorContract.CheckAsync(Monitor(flaw), Hosts() with { Patience = Patience, StopGrace = TimeSpan.FromSeconds(1) }));

    [Test]
    public async Task Monitor_SeveralFlaws_TellsAll()
    {
        var untidy = PluginHarness.For<UntidyMonitor>();

        var thrown = await BreaksAsync(MonitorContract.CheckAsync(untidy, Hosts() with { FailedHosts = [], BadSettings = [("untidy", "x"), ("untidy", "-1")] }));

        thrown.Breaches.Select(breach => breach.Rule).Distinct().Should().Equal(ContractRule.SettingsDeclared, ContractRule.SettingsValidated, ContractRule.StopsQuietly);
        thrown.Breaches.Where(breach => breach.Rule == ContractRule.SettingsDeclared).Select(breach => breach.Seen).Should().SatisfyRespectively(
            seen => seen.Should().Be("none on UntidySettings.Undeclared"),
            seen => seen.Should().Be("none for --untidy-blank"),
            seen => seen.Should().StartWith("--port, which is the host's"),
            seen => seen.Should().StartWith("-v, which is the host's"));
        thrown.Breaches.Single(breach => breach.Rule == ContractRule.SettingsValidated).ToString().Should()
            .Be("SettingsValidated: expected a SettingsException that names --untidy when \"-1\" is given; saw the plugin took it");
        thrown.Message.Should().StartWith("\"VpcRouter.Tests.Untidy\" breaks the contract:");
    }

    private static MonitorContractOptions Hosts() => new() { HealthyHosts = ["10.1.0.1"], FailedHosts = ["10.9.0.1", "10.9.0.2"] };

    private static PluginHarness Watcher(Flaw flaw) => With(PluginHarness.For<FlawedWatcher>(), flaw);

    private static PluginHarness Monitor(Flaw flaw) => With(PluginHarness.For<FlawedMonitor>(), flaw);

    private static PluginHarness With(PluginHarness harness, Flaw flaw)
    {
        var process = new FlawedProcess(flaw);
        return harness.WithServices(services => services.AddSingleton(process));
    }

    private static async Task ShouldBreakAsync(ContractRule rule, Task check) => (await BreaksAsync(check)).Breaches.Select(breach => breach.Rule).Should().Contain(rule);

    private static async Task<PluginContractException> BreaksAsync(Task check)
    {
        var thrown = (await FluentActions.Awaiting(() => check).Should().ThrowAsync<PluginContractException>()).Which;
        TestContext.Out.WriteLine(thrown.Message);
        return thrown;
    }
}
