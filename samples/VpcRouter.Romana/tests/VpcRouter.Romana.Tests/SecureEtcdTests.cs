using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.Romana.Etcd;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.Tests;

/// <summary>The watcher with an etcd that asks who is there.</summary>
internal sealed class SecureEtcdTests
{
    private const string First = "10.112.0.0/16", Second = "10.113.0.0/16";

    [Test]
    public async Task Watch_Tls_IsSpokenWithBothCertificates()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(1, certificates);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(SettingsFor(etcd, certificates));

        await watcher.SpecWithAsync(First);
        await etcd.PutAsync(Topologies.With(Second));
        await watcher.SpecWithAsync(Second);
    }

    [Test]
    public async Task Watch_TlsOnThreeMembers_SurvivesTheLeader()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(3, certificates);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(SettingsFor(etcd, certificates));
        await watcher.SpecWithAsync(First);

        await (await etcd.FindLeaderAsync()).KillAsync();
        var leader = await etcd.FindLeaderAsync();
        await Limits.UntilAsync(() => etcd.TryPutAsync(leader, Topologies.With(Second)), "etcd takes a value");

        await watcher.SpecWithAsync(Second);
    }

    [Test]
    public async Task Watch_ForeignAuthority_IsNotTrusted()
    {
        using var certificates = new TestCertificates();
        using var foreign = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(1, certificates);
        await etcd.PutAsync(Topologies.With(First));
        var settings = SettingsFor(etcd, certificates);
        settings.EtcdCaCert = foreign.Authority;
        await using var watcher = RunningWatcher.Start(settings);

        await watcher.ProblemAsync("certificate");
        Assert.That(watcher.HasSpecs, Is.False);
    }

    [Test]
    public async Task Watch_CertificateForAnotherName_IsNotTrusted()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(1, certificates);
        await using var proxy = new SilentProxy(etcd.Nodes[0].ClientPort, "127.0.0.2");
        await etcd.PutAsync(Topologies.With(First));
        var settings = SettingsFor(etcd, certificates);
        // The authority is the right one, but the certificate is for 127.0.0.1.
        settings.EtcdAddr = EtcdAddresses.Parse($"127.0.0.2:{proxy.Port}");
        await using var watcher = RunningWatcher.Start(settings);

        await watcher.ProblemAsync("RemoteCertificateNameMismatch");
        Assert.That(watcher.HasSpecs, Is.False);
    }

    [Test]
    public async Task Watch_CertificatesReplaced_AreReadForTheNextConnection()
    {
        using var certificates = new TestCertificates();
        using var foreign = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(1, certificates);
        await etcd.PutAsync(Topologies.With(First));
        var settings = SettingsFor(etcd, certificates);
        var (chain, key) = (File.ReadAllText(certificates.ClientChain), File.ReadAllText(certificates.ClientKey));
        settings.EtcdCertChain = certificates.PathOf("mine.pem");
        settings.EtcdPrivKey = certificates.PathOf("mine-key.pem");
        File.Copy(foreign.ClientChain, settings.EtcdCertChain);
        File.Copy(foreign.ClientKey, settings.EtcdPrivKey);
        await using var watcher = RunningWatcher.Start(settings);
        await watcher.ProblemAsync("etcd can't be watched");
        Assert.That(watcher.HasSpecs, Is.False);

        File.WriteAllText(settings.EtcdCertChain, "being written");
        await watcher.ProblemAsync("etcd-cert-chain");
        File.WriteAllText(settings.EtcdPrivKey, key);
        File.WriteAllText(settings.EtcdCertChain, chain);

        await watcher.SpecWithAsync(First);
    }

    [Test]
    public void New_CertificateFileMissing_SaysWhich()
    {
        using var certificates = new TestCertificates();
        var settings = RunningWatcher.SettingsFor("localhost");
        (settings.EtcdCaCert, settings.EtcdCertChain, settings.EtcdPrivKey) = (certificates.Authority, certificates.ClientChain, "/nowhere/key.pem");

        var error = Assert.Throws<PluginException>(() => _ = new RomanaWatcher(settings, TimeProvider.System, new CollectingLogger()));

        Assert.That(error!.Message, Does.StartWith("--etcd-priv-key \"/nowhere/key.pem\" can't be read: "));
    }

    [Test]
    public void New_KeyOfAnotherCertificate_IsRefused()
    {
        using var certificates = new TestCertificates();
        var settings = RunningWatcher.SettingsFor("localhost");
        (settings.EtcdCaCert, settings.EtcdCertChain, settings.EtcdPrivKey) = (certificates.Authority, certificates.ClientChain, certificates.ServerKey);

        var error = Assert.Throws<PluginException>(() => _ = new RomanaWatcher(settings, TimeProvider.System, new CollectingLogger()));

        Assert.That(error!.Message, Does.StartWith($"--etcd-priv-key \"{certificates.ServerKey}\" can't be used: "));
    }

    [Test]
    public void New_AuthorityFileWithoutCertificate_IsRefused()
    {
        using var certificates = new TestCertificates();
        var settings = RunningWatcher.SettingsFor("localhost");
        (settings.EtcdCaCert, settings.EtcdCertChain, settings.EtcdPrivKey) = (certificates.ClientKey, certificates.ClientChain, certificates.ClientKey);

        var error = Assert.Throws<PluginException>(() => _ = new RomanaWatcher(settings, TimeProvider.System, new CollectingLogger()));

        Assert.That(error!.Message, Does.Contain("holds no certificate in PEM form"));
    }

    [Test]
    public async Task Watch_UserThatMayReadOnlyTheKey_IsEnough()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await AskWhoIsThereAsync(etcd);
        await using var watcher = RunningWatcher.Start(LoginFor(etcd, "router", "secret"));

        await watcher.SpecWithAsync(First);
        await etcd.CtlAsync("--user", "root:root", "put", "/romana/ipam/data", Topologies.With(Second));
        await watcher.SpecWithAsync(Second);
        Assert.That(watcher.Log.Select(line => line.Text), Has.Some.Contains("unencrypted").And.None.Contains("secret"));
    }

    [TestCase("router", "wrong", "etcd refuses the login of --etcd-user \"router\"")]
    [TestCase("stranger", "secret", "permission denied")]
    [TestCase(null, null, "user name is empty")]
    public async Task Watch_WrongLogin_SaysSo(string? user, string? password, string problem)
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await AskWhoIsThereAsync(etcd);
        await using var watcher = RunningWatcher.Start(LoginFor(etcd, user, password));

        await watcher.ProblemAsync(problem);
        Assert.That(watcher.HasSpecs, Is.False);
    }

    [Test]
    public async Task Watch_LoginWhereNobodyIsAsked_Works()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(LoginFor(etcd, "router", "secret"));

        await watcher.SpecWithAsync(First);
    }

    [Test]
    public async Task Watch_TokenRunsOut_LogsInAgainWithoutAProblem()
    {
        using var certificates = new TestCertificates();
        using var rsa = RSA.Create(2048);
        var (publicKey, privateKey) = (certificates.PathOf("jwt.pub"), certificates.PathOf("jwt.key"));
        File.WriteAllText(publicKey, rsa.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(privateKey, rsa.ExportRSAPrivateKeyPem());
        await using var etcd = await EtcdCluster.StartAsync(1, null, "--auth-token", $"jwt,pub-key={publicKey},priv-key={privateKey},sign-method=RS256,ttl=6s");
        await etcd.PutAsync(Topologies.With(First));
        await AskWhoIsThereAsync(etcd);
        // On a machine with much else to do, a login may take so long that its token doesn't last for the 5 s that prove etcd well; by this clock it does.
        await using var watcher = RunningWatcher.Start(LoginFor(etcd, "router", "secret"), new HastyTime());
        await watcher.SpecWithAsync(First);

        await Limits.UntilAsync(() => watcher.Connections >= 3, "the watcher logs in again twice");
        await etcd.CtlAsync("--user", "root:root", "put", "/romana/ipam/data", Topologies.With(Second));

        await watcher.SpecWithAsync(Second);
        Assert.That(watcher.Log.Where(line => line.Level > LogLevel.Information && !line.Text.Contains("unencrypted", StringComparison.Ordinal)), Is.Empty);
    }

    private static RomanaSettings SettingsFor(EtcdCluster etcd, TestCertificates certificates)
    {
        var settings = RunningWatcher.SettingsFor(etcd.Addresses);
        (settings.EtcdCaCert, settings.EtcdCertChain, settings.EtcdPrivKey) = (certificates.Authority, certificates.ClientChain, certificates.ClientKey);
        return settings;
    }

    private static RomanaSettings LoginFor(EtcdCluster etcd, string? user, string? password)
    {
        var settings = RunningWatcher.SettingsFor(etcd.Addresses);
        (settings.EtcdUser, settings.EtcdPassword) = (user, password);
        return settings;
    }

    private static async Task AskWhoIsThereAsync(EtcdCluster etcd)
    {
        await etcd.CtlAsync("user", "add", "root:root");
        await etcd.CtlAsync("user", "grant-role", "root", "root");
        await etcd.CtlAsync("role", "add", "romana-reader");
        await etcd.CtlAsync("role", "grant-permission", "romana-reader", "read", "/romana/ipam/data");
        await etcd.CtlAsync("user", "add", "router:secret");
        await etcd.CtlAsync("user", "grant-role", "router", "romana-reader");
        await etcd.CtlAsync("user", "add", "stranger:secret");
        await etcd.CtlAsync("auth", "enable");
    }
}
