using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.Tests.Cli;
using VpcRouter.Tests.Plugins.Fixtures;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Plugins;

/// <summary>An external plugin in the command line tool, from its flags to its routes.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExternalPluginTests
{
    private const string Moody = """
        if (Interlocked.Increment(ref runs) < 3)
            throw new InvalidOperationException("mood number " + runs);
        specs.TryWrite(reader.Read("{ \"10.7.0.0/16\": [\"127.0.1.10\"] }"u8.ToArray()).Spec!);
        await Task.Delay(Timeout.Infinite, stopping);
        """;

    private const string Nobody = """
        [assembly: VpcRouter.Plugins.VpcRouterPlugin("Acme.Nobody", "nobody ever fails", typeof(Acme.Nobody))]
        namespace Acme;
        public sealed class Nobody : VpcRouter.Plugins.IMonitorPlugin
        {
            public async Task MonitorAsync(ChannelReader<VpcRouter.RouteSpecs.HostList> hosts, ChannelWriter<VpcRouter.Health.HealthReport> reports, CancellationToken stopping)
            {
                await foreach (var list in hosts.ReadAllAsync(stopping))
                    reports.TryWrite(VpcRouter.Health.HealthReport.AllHealthy);
            }
            public ValueTask DisposeAsync() => default;
        }
        """;

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakePlugins()
    {
        _folder = new TemporaryFolder();
        PluginCompiler.Compile(_folder["plugins/Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        PluginCompiler.Compile(_folder["plugins/Acme.Nobody/Acme.Nobody.dll"], Nobody);
        PluginCompiler.Compile(_folder["other/Acme.Moody/Acme.Moody.dll"], PluginSources.Watcher("Acme.Moody", "static int runs; readonly VpcRouter.RouteSpecs.RouteSpecReader reader; public W(VpcRouter.RouteSpecs.RouteSpecReader reader) => this.reader = reader;", Moody));
        _folder.Write("plugins/Acme.Broken/Acme.Broken.dll", "broken, but nobody asks for it");
        _folder.Write("config.json", $$"""{ "mode": "acme.good", "plugin_dir": "{{_folder["plugins"]}}", "good_destination": "10.3.0.0/16", "good-hosts": "127.0.1.10,127.0.11.10" }""");
    }

    [OneTimeTearDown]
    public void RemovePlugins() => _folder.Dispose();

    [Test]
    public async Task Run_ExternalWatcherAndMonitor_RoutesStandAndThePageShowsThem()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start("-m", "ACME.good", "-H", "Acme.Nobody", "--plugin-dir", _folder["plugins"], "--good-destination", "10.1.0.0/16", "--good-password", "hunter22");

        await rig.UntilRoutedAsync("10.1.0.0/16");

        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(await router.UrlAsync(), "/plugins"));
        var page = JsonNode.Parse(text)!;
        page["Acme.Good"]!["version"]!.GetValue<string>().Should().Be("1.2.3");
        page["Acme.Good"]!["params"]!["good_destination"]!.GetValue<string>().Should().Be("10.1.0.0/16");
        page["Acme.Nobody"]!["version"]!.GetValue<string>().Should().Be("1.2.3");
        text.Should().Contain("***").And.NotContain("hunter22");
    }

    [Test]
    public async Task Run_WatcherThrows_IsStartedAgainAndTheProcessLives()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start("-m", "Acme.Moody", "-H", "always", "--plugin-dir", _folder["plugins"], "--plugin-dir", _folder["other"]);

        await rig.UntilRoutedAsync("10.7.0.0/16");

        await router.LineAsync("The watcher failed (1 in a row)");
        await router.LineAsync("mood number 1");
    }

    [Test]
    public async Task Plan_SettingsInTheEnvironment_CountAsFlagsDo() =>
        await ExpectPlanAsync("10.2.0.0/16", [], ("VPCROUTER_MODE", "Acme.Good"), ("VPCROUTER_PLUGIN_DIR", $"{_folder["other"]}{Path.PathSeparator}{_folder["plugins"]}"), ("VPCROUTER_GOOD_DESTINATION", "10.2.0.0/16"));

    [Test]
    public async Task Plan_SettingsInTheFile_CountAsFlagsDo() => await ExpectPlanAsync("10.3.0.0/16", ["--config", _folder["config.json"]]);

    [Test]
    public async Task Plan_ExternalMonitorInMulti_IsRun() =>
        await ExpectPlanAsync("10.4.0.0/16", ["-m", "acme.good", "--plugin-dir=" + _folder["plugins"], "--good_destination=10.4.0.0/16", "-H", "multi", "--multi-plugins", "always:ACME.nobody"]);

    [Test]
    public void AddPluginDirectories_AppOfOnesOwn_MakesItsPluginsSelectable()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddVpcRouter().AddPluginDirectories(_folder["plugins"], _folder["other"], _folder["missing"]).ConfigurePlugins(new Dictionary<string, string> { ["good_destination"] = "10.5.0.0/16" });
        using var provider = services.BuildServiceProvider();

        var made = provider.GetRequiredService<IPluginFactory>().Create(PluginKind.Watcher, "acme.good");

        made.Descriptor.Location.Should().Be(_folder["plugins/Acme.Good"]);
        made.ShownSettings["good_destination"].Should().Be("10.5.0.0/16");
    }

    [Test]
    public async Task Help_ExternalPluginChosen_ShowsItsFlags()
    {
        var result = await CliProcess.RunAsync(["-m", "Acme.Good", "--plugin-dir", _folder["plugins"], "--help"]);

        result.ExitCode.Should().Be(0);
        string.Join('\n', result.Output).Should().ContainAll("--good-destination <CIDR>", "destination of the only route", "--good-hosts <HOSTS>", "[127.0.1.10]");
    }

    [Test]
    public async Task Plugins_AsJson_TellsEverything()
    {
        var result = await CliProcess.RunAsync(["plugins", "--json", "--plugin-dir", _folder["plugins"]], ("HOME", _folder["home"]));

        var list = JsonNode.Parse(string.Join('\n', result.Output))!;
        var good = list["plugins"]!.AsArray().Single(plugin => plugin!["name"]!.GetValue<string>() == "Acme.Good")!;
        good["kind"]!.GetValue<string>().Should().Be("watcher");
        good["version"]!.GetValue<string>().Should().Be("1.2.3");
        good["path"]!.GetValue<string>().Should().Be(_folder["plugins/Acme.Good"]);
        good["settings"]!.AsArray().Select(setting => setting!["environment_variable"]!.GetValue<string>()).Should().Equal("VPCROUTER_GOOD_DESTINATION", "VPCROUTER_GOOD_HOSTS", "VPCROUTER_GOOD_PASSWORD");
        list["broken"]!.AsArray().Should().ContainSingle().Which!["problem"]!.GetValue<string>().Should().Contain("not a .NET assembly");
        list["directories"]!.AsArray().Select(directory => directory!.GetValue<string>()).Should().HaveCount(3).And.StartWith(_folder["plugins"]).And.EndWith(_folder["home/.vpcrouter/plugins"]);
    }

    private static async Task ExpectPlanAsync(string destination, string[] args, params (string Name, string? Value)[] environment)
    {
        await using var rig = await CliRig.StartAsync();
        var result = await CliProcess.RunAsync(["plan", .. args, .. args.Contains("-H") ? (string[])[] : ["-H", "always"], .. rig.Place], environment);

        result.ExitCode.Should().Be(3, string.Join('\n', result.Errors));
        string.Join('\n', result.Output).Should().Contain(destination);
    }
}
