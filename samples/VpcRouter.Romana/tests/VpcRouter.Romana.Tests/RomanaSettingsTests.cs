using VpcRouter.Plugins;
using VpcRouter.Romana.Etcd;
using VpcRouter.Settings;

namespace VpcRouter.Romana.Tests;

internal sealed class RomanaSettingsTests
{
    [Test]
    public void Bind_Nothing_GivesTheOriginalsDefaults()
    {
        var (settings, errors) = Bind();

        Assert.That(errors, Is.Empty);
        Assert.That(settings.Endpoints.Select(endpoint => endpoint.Uri.ToString()), Is.EqualTo(new[] { "http://localhost:2379/" }));
        Assert.That(settings.EtcdKey, Is.EqualTo("/romana/ipam/data"));
    }

    [Test]
    public void Bind_OriginalSpelling_IsUnderstood() =>
        Assert.That(Bind(("etcd_addr", "10.0.0.1"), ("etcd_port", "4001")).Settings.Endpoints.Single().ToString(), Is.EqualTo("10.0.0.1:4001"));

    [TestCase("10.0.0.1,10.0.0.2:2479, etcd-3.example", "http://10.0.0.1:2379/ http://10.0.0.2:2479/ http://etcd-3.example:2379/")]
    [TestCase("::1", "http://[::1]:2379/")]
    [TestCase("[fd00::1]:2479,[fd00::2]", "http://[fd00::1]:2479/ http://[fd00::2]:2379/")]
    public void Endpoints_SeveralAddresses_AreAllUsedInOrder(string addresses, string expected) =>
        Assert.That(string.Join(' ', Bind(("etcd-addr", addresses)).Settings.Endpoints.Select(endpoint => endpoint.Uri)), Is.EqualTo(expected));

    [TestCase("", "holds \"\", which is neither a host name nor an address")]
    [TestCase("10.0.0.1,", "holds \"\"")]
    [TestCase("http://10.0.0.1:2379", "holds a URL; give HOST or HOST:PORT")]
    [TestCase("10.0.0.1:", "holds \"\", which is not a port")]
    [TestCase("10.0.0.1:70000", "holds \"70000\", which is not a port; give 1 to 65535")]
    [TestCase("[::1]2379", "give [ADDRESS]:PORT")]
    [TestCase("a/b", "holds \"a/b\"")]
    [TestCase("a:1,a:1", "names a:1 twice")]
    public void Bind_WrongAddress_SaysWhatIsWrong(string addresses, string problem)
    {
        var error = Bind(("etcd-addr", addresses)).Errors.Single();

        Assert.That(error.Setting, Is.EqualTo("etcd-addr"));
        Assert.That(error.Problem, Does.Contain(problem));
    }

    [Test]
    public void Bind_OneCertificateFile_AsksForTheOthers()
    {
        var errors = Bind(("etcd-ca-cert", "ca.pem")).Errors;

        Assert.That(errors.Select(error => error.Setting), Is.EqualTo(new[] { "etcd-priv-key", "etcd-cert-chain" }));
        Assert.That(errors[0].Problem, Does.Contain("or none of them"));
    }

    [TestCase("etcd-user", "etcd-password")]
    [TestCase("etcd-password", "etcd-user")]
    public void Bind_HalfALogin_AsksForTheOtherHalf(string given, string missing)
    {
        var error = Bind((given, "x")).Errors.Single();

        Assert.That(error.Setting, Is.EqualTo(missing));
    }

    [Test]
    public void Bind_V2_SaysThatItIsGone() => Assert.That(Bind(("etcd_use_v2", "true")).Errors.Single().Problem, Does.Contain("no API v2"));

    [TestCase("etcd-port", "0")]
    [TestCase("etcd-key", "")]
    [TestCase("etcd-timeout", "0")]
    [TestCase("etcd-check-interval", "61s")]
    public void Bind_OutOfRange_IsRefused(string name, string value) => Assert.That(Bind((name, value)).Errors.Single().Setting, Is.EqualTo(name));

    [TestCase("VpcRouter.Romana")]
    [TestCase("vpcrouter_romana_plugin.romana")]
    public void Plugin_OwnNameAndPredecessors_AreTheSame(string name) =>
        Assert.That(PluginCatalog.FromAssemblies(typeof(RomanaWatcher).Assembly).Get(PluginKind.Watcher, name).SettingsType, Is.EqualTo(typeof(RomanaSettings)));

    [Test]
    public void Plugin_AsDeclared_IsFoundWithItsSettingsAndHidesThePassword()
    {
        var plugin = PluginCatalog.FromAssemblies(typeof(RomanaWatcher).Assembly).Get(PluginKind.Watcher, "vpcrouter.romana");

        Assert.That(plugin.Settings.Select(setting => setting.Name), Does.Contain("etcd-cert-chain"));
        Assert.That(plugin.Settings.Single(setting => setting.Name == "etcd-password").Show(new RomanaSettings { EtcdPassword = "secret" }), Is.EqualTo("***"));
        Assert.That(plugin.Settings.Single(setting => setting.Name == "etcd-addr").Show(new RomanaSettings()), Is.EqualTo("localhost"));
    }

    [TestCase(1, 0, 0.05)]
    [TestCase(1, 1, 0.1)]
    [TestCase(3, 1, 0.4)]
    [TestCase(6, 1, 2)]
    [TestCase(100_000, 0, 1)]
    public void Retreat_Round_WaitsLongerButBoundedly(int round, double luck, double seconds) =>
        Assert.That(Retreat.After(round, luck).TotalSeconds, Is.EqualTo(seconds).Within(1e-6));

    private static (RomanaSettings Settings, List<SettingError> Errors) Bind(params (string Name, string Value)[] values)
    {
        var errors = new List<SettingError>();
        return ((RomanaSettings)SettingsBinder.Bind(typeof(RomanaSettings), values.ToDictionary(value => value.Name, value => value.Value), errors), errors);
    }
}
