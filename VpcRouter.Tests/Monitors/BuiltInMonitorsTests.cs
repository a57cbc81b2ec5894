using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Monitors;

internal sealed class BuiltInMonitorsTests
{
    private static readonly PluginCatalog Catalog = PluginCatalog.FromAssemblies(BuiltInMonitors.Assembly);

    [Test]
    public void Catalog_Monitors_AreAllThere() =>
        Catalog.Plugins.Select(plugin => (plugin.Kind, plugin.Name, plugin.Version)).Should().Equal(
            (PluginKind.Monitor, "always", "built-in"),
            (PluginKind.Monitor, "ec2status", "built-in"),
            (PluginKind.Monitor, "http", "built-in"),
            (PluginKind.Monitor, "icmpecho", "built-in"),
            (PluginKind.Monitor, "multi", "built-in"),
            (PluginKind.Monitor, "tcp", "built-in"));

    [TestCase("ec2status")]
    [TestCase("http")]
    [TestCase("icmpecho")]
    [TestCase("multi")]
    [TestCase("tcp")]
    public void Catalog_MonitorThatCanBeBlind_CanSaySo(string name) =>
        Catalog.Get(PluginKind.Monitor, name).PluginType.Should().Implement<IPluginCondition>();

    [Test]
    public void Settings_OfAllTogether_ShareRiseAndFall() =>
        PluginCatalog.SettingsOf(Catalog.Plugins).Select(setting => setting.Name).Should().BeEquivalentTo(
            "fall", "rise", "icmp-check-interval", "icmp-check-timeout", "tcp-check-interval", "tcp-check-port", "tcp-check-timeout", "multi-plugins", "multi-mode",
            "http-check-interval", "http-check-timeout", "http-check-port", "http-check-path", "http-check-status", "http-check-host", "http-check-tls", "http-check-ca-file",
            "http-check-dangerously-trust-any-certificate", "ec2-status-interval", "ec2-status-timeout", "ec2-status-fall", "ec2-status-rise");

    [TestCase("icmpecho", "icmp-check-interval", "0.05")]
    [TestCase("icmpecho", "icmp-check-interval", "3601")]
    [TestCase("icmpecho", "icmp-check-timeout", "0")]
    [TestCase("tcp", "tcp-check-interval", "0")]
    [TestCase("tcp", "tcp-check-port", "0")]
    [TestCase("tcp", "tcp-check-port", "65536")]
    [TestCase("tcp", "rise", "0")]
    [TestCase("tcp", "fall", "101")]
    [TestCase("http", "http-check-interval", "3601")]
    [TestCase("http", "http-check-timeout", "61")]
    [TestCase("http", "http-check-port", "0")]
    [TestCase("http", "http-check-path", "healthz")]
    [TestCase("http", "http-check-path", "/a b")]
    [TestCase("http", "http-check-path", "/a#b")]
    [TestCase("http", "http-check-path", "/a\r\nX-Injected: 1")]
    [TestCase("http", "http-check-status", "399-200")]
    [TestCase("http", "http-check-host", "router:8080")]
    [TestCase("http", "http-check-ca-file", "ca.pem")]
    [TestCase("http", "http-check-dangerously-trust-any-certificate", "true")]
    [TestCase("ec2status", "ec2-status-interval", "0")]
    [TestCase("ec2status", "ec2-status-timeout", "0.5")]
    [TestCase("ec2status", "ec2-status-fall", "0")]
    [TestCase("ec2status", "ec2-status-rise", "101")]
    [TestCase("multi", "multi-plugins", "")]
    [TestCase("multi", "multi-mode", "most")]
    public void Create_SettingOutOfRange_NamesIt(string plugin, string setting, string value)
    {
        var act = () => Factory((setting, value)).Create(PluginKind.Monitor, plugin);

        act.Should().Throw<SettingsException>().Which.Errors.Should().ContainSingle(error => error.Setting == setting);
    }

    [Test]
    public async Task Create_MultiOfTcpAndAlways_MakesThemWithTheirSettings()
    {
        var made = Factory(("multi_plugins", "tcp:always"), ("tcp_check_port", "80"), ("fall", "3")).Create(PluginKind.Monitor, "multi");

        made.SubPlugins.Select(sub => sub.Descriptor.Name).Should().Equal("tcp", "always");
        made.SubPlugins[0].ShownSettings.Should().Contain("tcp_check_port", 80).And.Contain("fall", 3);
        await made.Plugin.DisposeAsync();
    }

    [TestCase("tcp,nothing", "There is no monitor \"nothing\"; give one of: always, ec2status, http, icmpecho, multi, tcp.")]
    public void Create_MultiOfUnknown_SaysWhichThereAre(string names, string message)
    {
        var act = () => Factory(("multi-plugins", names)).Create(PluginKind.Monitor, "multi");

        act.Should().Throw<PluginException>().WithMessage(message);
    }

    [TestCase("icmpecho:tcp", "icmpecho tcp")]
    [TestCase("icmpecho,,VpcRouter.Romana", "icmpecho VpcRouter.Romana")]
    [TestCase("", "")]
    public void SubMonitorNames_Value_GivesNames(string value, string names) =>
        string.Join(' ', BuiltInMonitors.SubMonitorNames(value)).Should().Be(names);

    [Test]
    public async Task Always_HostLists_NobodyFails()
    {
        var made = Factory().Create(PluginKind.Monitor, "always");
        await using var run = new RunningMonitor((IMonitorPlugin)made.Plugin);

        run.Give("10.0.0.1");
        (await run.NextFailedAsync()).Should().BeEmpty();
        run.Give();
        var report = await run.NextAsync();

        report.Failed.Should().BeEmpty();
        report.Observer.Should().Be("always");
    }

    internal static PluginFactory Factory(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddSingleton(Catalog);
        services.AddSingleton(new PluginSettings(settings.ToDictionary(setting => setting.Name, setting => setting.Value)));
        services.AddSingleton<IPluginFactory, PluginFactory>();
        return (PluginFactory)services.BuildServiceProvider().GetRequiredService<IPluginFactory>();
    }
}
