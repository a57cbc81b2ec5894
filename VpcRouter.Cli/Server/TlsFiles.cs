using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VpcRouter.Cli.Settings;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Server;

/// <summary>Makes what the server needs for TLS from the files that the settings name.</summary>
internal static class TlsFiles
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The content of all the files, by which a renewal is told.</summary>
    /// <exception cref="SettingsException">One can't be read.</exception>
    public static TlsMaterial Read(TlsSettings settings) => new(
        Text("tls-cert", settings.Certificate!),
        Text("tls-key", settings.Key!),
        settings.ClientAuthorities is { } authorities ? Text("tls-client-ca", authorities) : null);

    /// <summary>Makes the options of a handshake.</summary>
    /// <exception cref="SettingsException">The files don't hold what they should, or don't fit each other.</exception>
    public static SslServerAuthenticationOptions OptionsOf(TlsMaterial material, TlsSettings settings)
    {
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = ContextOf(material, settings) };
        if (material.ClientAuthorities is { } authorities)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                ApplicationPolicy = { new Oid(ClientAuthentication) },
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Certificates("tls-client-ca", settings.ClientAuthorities!, authorities));
        }

        return options;
    }

    private static SslStreamCertificateContext ContextOf(TlsMaterial material, TlsSettings settings)
    {
        var chain = Certificates("tls-cert", settings.Certificate!, material.Certificate);
        try
        {
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(material.Certificate, material.Key), chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unfit("tls-key", settings.Key!, $"holds no private key of the certificate in {settings.Certificate}: {e.Message.TrimEnd('.')}");
        }
    }

    private static X509Certificate2Collection Certificates(string setting, string path, string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw Unfit(setting, path, $"holds no certificate in PEM: {e.Message.TrimEnd('.')}");
        }

        return certificates.Count > 0 ? certificates : throw Unfit(setting, path, "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private static string Text(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unfit(setting, path, $"can't be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static SettingsException Unfit(string setting, string path, string problem) => new([new SettingError(setting, path, problem)]);
}
