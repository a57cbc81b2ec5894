using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VpcRouter.Plugins;

namespace VpcRouter.Romana.Etcd;

/// <summary>The certificates to speak TLS with etcd. Read anew for each connection, so that renewed ones are used without a restart.</summary>
internal sealed class EtcdCertificates : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _chain = [];
    private readonly X509Certificate2 _own;

    private EtcdCertificates(RomanaSettings settings)
    {
        Read("etcd-ca-cert", settings.EtcdCaCert!, _authorities.ImportFromPemFile);
        Read("etcd-cert-chain", settings.EtcdCertChain!, _chain.ImportFromPemFile);
        Require("etcd-ca-cert", settings.EtcdCaCert!, _authorities);
        Require("etcd-cert-chain", settings.EtcdCertChain!, _chain);
        X509Certificate2? own = null;
        Read("etcd-priv-key", settings.EtcdPrivKey!, path => own = X509Certificate2.CreateFromPemFile(settings.EtcdCertChain!, path));
        _own = own!;
    }

    /// <summary>Reads the files; <see langword="null"/> when the settings name none.</summary>
    /// <exception cref="PluginException">A file can't be read or doesn't hold what it should.</exception>
    public static EtcdCertificates? Read(RomanaSettings settings) => settings.EtcdCaCert is null ? null : new EtcdCertificates(settings);

    public SslClientAuthenticationOptions ToOptions()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = SslStreamCertificateContext.Create(_own, _chain, offline: true),
        };
    }

    public void Dispose()
    {
        _own.Dispose();
        foreach (var certificate in _authorities.Concat(_chain))
            certificate.Dispose();
    }

    private static void Read(string setting, string path, Action<string> read)
    {
        try
        {
            read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginException($"--{setting} \"{path}\" can't be read: {e.Message}", e);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new PluginException($"--{setting} \"{path}\" can't be used: {e.Message}", e);
        }
    }

    private static void Require(string setting, string path, X509Certificate2Collection certificates)
    {
        if (certificates.Count == 0)
            throw new PluginException($"--{setting} \"{path}\" holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }
}
