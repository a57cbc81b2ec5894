using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Http;

/// <summary>How the checks do TLS. Thread-safe.</summary>
internal sealed class HttpTls
{
    private readonly string? _name;
    private readonly X509ChainPolicy _trust;
    private readonly bool _trustsAnybody;

    /// <exception cref="SettingsException">The file of authorities can't be used.</exception>
    public HttpTls(HttpSettings settings)
    {
        _name = settings.Host;
        _trustsAnybody = settings.TrustAnyCertificate;
        // A check must not call anybody but the host: no revocation lists, no certificates fetched on the way.
        _trust = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (settings.CaFile is not { } file)
            return;
        _trust.TrustMode = X509ChainTrustMode.CustomRootTrust;
        _trust.CustomTrustStore.AddRange(Read(file));
    }

    /// <summary>Greets a host, and checks that it is the one meant.</summary>
    public async Task<SslStream> GreetAsync(Stream stream, IPAddress host, CancellationToken deadline)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = _name ?? host.ToString(),
                // A handshake adds the certificates that it is shown.
                CertificateChainPolicy = _trust.Clone(),
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            };
#pragma warning disable CA5359 // The setting says by its name what it does, and does nothing by default.
            if (_trustsAnybody)
                options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            await tls.AuthenticateAsClientAsync(options, deadline).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Unusable(file, $"can't be read: {e.Message.TrimEnd('.')}; give a readable PEM file");
        }

        return authorities.Count > 0 ? authorities : throw Unusable(file, "holds no certificate; give a PEM file with at least one");
    }

    private static SettingsException Unusable(string file, string problem) => new([new SettingError("http-check-ca-file", file, problem)]);
}
