using System.Net;
using System.Net.Sockets;
using VpcRouter.Monitors.Http;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;

namespace VpcRouter.Tests.Monitors.Http;

internal sealed class HttpTlsTests
{
    private static readonly IPAddress A = IPAddress.Parse("127.78.2.1");

    [Test]
    public async Task Monitor_CertificateOfAnUnknownAuthority_FailsTheHost()
    {
        await using var server = await TlsServer.StartAsync(A);
        var log = new RecordingLogger<HttpMonitor>();

        (await FailedAsync(server, _ => { }, log)).Should().Equal(A.ToString());

        log.Lines.Should().Contain(line => line.StartsWith($"Host {A} has failed, says http: TLS failed: ", StringComparison.Ordinal));
    }

    [Test]
    public async Task Monitor_AuthorityGiven_TrustsItsCertificates()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TlsServer.StartAsync(A);

        (await FailedAsync(server, settings => settings.CaFile = folder.Write("ca.pem", server.Authority))).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_IPv6AddressInTheCertificate_IsTrusted()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        using var folder = new TemporaryFolder();
        await using var server = await TlsServer.StartAsync(IPAddress.IPv6Loopback);

        (await FailedAsync(server, settings => settings.CaFile = folder.Write("ca.pem", server.Authority), host: "::1")).Should().BeEmpty();
    }

    [TestCase("router.example.com", true)]
    [TestCase("other.example.com", false)]
    public async Task Monitor_NameGiven_MustBeTheCertificates(string name, bool isGood)
    {
        using var folder = new TemporaryFolder();
        await using var server = await TlsServer.StartAsync(A, "router.example.com");

        var failed = await FailedAsync(server, settings => (settings.CaFile, settings.Host) = (folder.Write("ca.pem", server.Authority), name));

        failed.Should().Equal(isGood ? [] : [A.ToString()]);
    }

    [Test]
    public async Task Monitor_OtherAuthorityGiven_FailsTheHost()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TlsServer.StartAsync(A);
        await using var other = await TlsServer.StartAsync(A);

        (await FailedAsync(server, settings => settings.CaFile = folder.Write("ca.pem", other.Authority))).Should().Equal(A.ToString());
    }

    [Test]
    public async Task Monitor_ToldToTrustAnybody_DoesSo()
    {
        await using var server = await TlsServer.StartAsync(A, "other.example.com");

        (await FailedAsync(server, settings => settings.TrustAnyCertificate = true)).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_ServerSpeaksNoTls_FailsTheHost()
    {
        await using var server = ScriptedServer.Answering(A.ToString(), "HTTP/1.1 200 OK\r\n\r\n");
        var settings = Settings(server.Port);
        await using var run = new RunningMonitor(new HttpMonitor(settings, TimeProvider.System, new RecordingLogger<HttpMonitor>()));

        run.Give(A.ToString());

        (await run.NextFailedAsync()).Should().Equal(A.ToString());
    }

    [Test]
    public void Constructor_AuthorityFileMissing_NamesSettingValueAndRemedy()
    {
        var act = () => Monitor(Settings(443, "/nowhere/ca.pem"));

        act.Should().Throw<SettingsException>().WithMessage("--http-check-ca-file \"/nowhere/ca.pem\" can't be read: *; give a readable PEM file");
    }

    [TestCase("")]
    [TestCase("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")]
    public void Constructor_AuthorityFileHoldsNone_IsRefused(string content)
    {
        using var folder = new TemporaryFolder();
        var act = () => Monitor(Settings(443, folder.Write("ca.pem", content)));

        act.Should().Throw<SettingsException>().Which.Errors.Single().Setting.Should().Be("http-check-ca-file");
    }

    private static HttpMonitor Monitor(HttpSettings settings) => new(settings, TimeProvider.System, new RecordingLogger<HttpMonitor>());

    private static HttpSettings Settings(int port, string? caFile = null) =>
        new() { Interval = TimeSpan.FromMilliseconds(100), Port = port, Timeout = TimeSpan.FromSeconds(20), Tls = true, CaFile = caFile };

    private static async Task<string[]> FailedAsync(TlsServer server, Action<HttpSettings> configure, RecordingLogger<HttpMonitor>? log = null, string? host = null)
    {
        var settings = Settings(server.Port);
        configure(settings);
        await using var run = new RunningMonitor(new HttpMonitor(settings, TimeProvider.System, log ?? new RecordingLogger<HttpMonitor>()));
        run.Give(host ?? A.ToString());
        return await run.NextFailedAsync();
    }
}
