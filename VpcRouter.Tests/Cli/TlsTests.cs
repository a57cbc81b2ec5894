using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Serilog.Core;
using VpcRouter.AspNetCore;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers;
using RouterHost = VpcRouter.Cli.RouterHost;

namespace VpcRouter.Tests.Cli;

internal sealed class TlsTests
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private static readonly Uri Health = new("/healthz", UriKind.Relative);
    private TemporaryFolder _folder = null!;
    private TlsTestCertificates _authority = null!;

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _authority = new TlsTestCertificates("authority");
        _authority.WriteServer(_folder, "first");
    }

    [TearDown]
    public void RemoveFiles()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Certificate_Renewed_NewConnectionsGetItAndOldOnesGoOn()
    {
        await using var app = await StartAsync(new TlsSettings());
        var seen = new List<string>();
        using var old = ClientOf(app, seen);
        await old.GetStringAsync(Health);

        _authority.WriteServer(_folder, "second");

        await Eventually.BeTrueAsync(() => NameOnNewConnection(app) == "CN=second");
        await old.GetStringAsync(Health);
        seen.Should().Equal("CN=first");
    }

    [Test]
    public async Task Certificate_RenewedWithoutItsKey_OldOneStaysUntilTheKeyComes()
    {
        await using var app = await StartAsync(new TlsSettings());
        using var second = _authority.Issue("second", ServerUse);

        _folder.Replace("tls.crt", second.ExportCertificatePem());
        NameOnNewConnection(app).Should().Be("CN=first");
        using var key = second.GetECDsaPrivateKey()!;
        _folder.Replace("tls.key", key.ExportPkcs8PrivateKeyPem());

        await Eventually.BeTrueAsync(() => NameOnNewConnection(app) == "CN=second");
    }

    [Test]
    public async Task ClientAuthorities_Given_OnlyTheirClientsConnect()
    {
        using var foreigners = new TlsTestCertificates("foreigners");
        _folder.Write("clients.pem", _authority.Pem);
        await using var app = await StartAsync(new TlsSettings { ClientAuthorities = _folder["clients.pem"] });
        using var ours = _authority.Issue("client", ClientUse);
        using var foreign = foreigners.Issue("client", ClientUse);
        using var server = _authority.Issue("server", ServerUse);

        (await MayConnectAsync(app, ours), await MayConnectAsync(app, foreign), await MayConnectAsync(app, server), await MayConnectAsync(app, null)).Should().Be((true, false, false, false));
    }

    [TestCase("tls.crt", "", "--tls-cert|no certificate")]
    [TestCase("tls.key", "", "--tls-key|no private key")]
    [TestCase("tls.key", null, "--tls-key|can't be read")]
    public async Task Start_FileUnfit_SaysWhich(string name, string? content, string parts)
    {
        if (content is null)
            File.Delete(_folder[name]);
        else
            _folder.Write(name, content);

        var starting = () => StartAsync(new TlsSettings());

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Message.Should().ContainAll([_folder[name], .. parts.Split('|')]);
    }

    [Test]
    public async Task Run_WithCertificate_ServesHttpsAndHasOtherPeopleSendNoToken()
    {
        await using var router = CliProcess.Start(
            ["-m", "http", "-H", "always", "-p", "0", "-a", "0.0.0.0", .. CliRig.PlaceAt(new Uri("http://127.0.0.1:9")), "--tls-cert", _folder["tls.crt"], "--tls-key", _folder["tls.key"]],
            ("VPCROUTER_TOKEN", "correct-horse-battery-staple"));
        var port = (await router.UrlAsync()).Port;
        using var client = new HttpClient(HandlerFor(_ => { })) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
        using var body = new StringContent("""{"10.1.0.0/16": ["10.33.20.93"]}""");

        using var without = await client.PostAsync(new Uri("/route_spec", UriKind.Relative), body);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "correct-horse-battery-staple");
        using var with = await client.PostAsync(new Uri("/route_spec", UriKind.Relative), body);

        ((int)without.StatusCode, (int)with.StatusCode).Should().Be((401, 200));
        router.Output.Text.Should().NotContain("correct-horse").And.NotContain("without TLS");
    }

    private async Task<WebApplication> StartAsync(TlsSettings tls)
    {
        tls.Certificate = _folder["tls.crt"];
        tls.Key = _folder["tls.key"];
        var settings = new RouterSettings(
            new GeneralSettings { Mode = "http", Health = "always", Address = "127.0.0.1", Port = 0 },
            new VpcRouterOptions { Region = "us-east-1", VpcId = "vpc-1", EndpointUrl = "http://127.0.0.1:9", StateDirectory = _folder["state"] },
            new Dictionary<string, string>(),
            PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly))
        { Tls = tls, Http = new VpcRouterHttpOptions() };
        var app = RouterHost.Build(settings, Logger.None);
        await app.StartAsync();
        return app;
    }

    private HttpClient ClientOf(WebApplication app, List<string> seen) =>
        new(HandlerFor(certificate => seen.Add(certificate.Subject))) { BaseAddress = new Uri(app.Urls.Single()) };

    private SocketsHttpHandler HandlerFor(Action<X509Certificate> onHandshake, X509Certificate2? client = null) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _authority.Roots[0] } },
            ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, null, offline: true),
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                onHandshake(certificate!);
                return errors == SslPolicyErrors.None;
            },
        },
    };

    private string NameOnNewConnection(WebApplication app)
    {
        var seen = new List<string>();
        using var client = ClientOf(app, seen);
        client.GetStringAsync(Health).GetAwaiter().GetResult();
        return seen.Single();
    }

    private async Task<bool> MayConnectAsync(WebApplication app, X509Certificate2? certificate)
    {
        using var client = new HttpClient(HandlerFor(_ => { }, certificate)) { BaseAddress = new Uri(app.Urls.Single()) };
        try
        {
            await client.GetStringAsync(Health);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
