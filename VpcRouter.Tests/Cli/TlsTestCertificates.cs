using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>An authority, and certificates of it in PEM files.</summary>
internal sealed class TlsTestCertificates : IDisposable
{
    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 _authority;

    public TlsTestCertificates(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Begin, Begin.AddDays(30));
    }

    public string Pem => _authority.ExportCertificatePem();

    public X509Certificate2Collection Roots => [_authority];

    /// <summary>Makes a certificate for 127.0.0.1 of either use.</summary>
    public X509Certificate2 Issue(string name, string use)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        using var issued = request.Create(_authority, Begin, Begin.AddDays(20), RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Puts a server's certificate and key into files, each by rename as renewing programs do.</summary>
    public void WriteServer(TemporaryFolder folder, string name)
    {
        using var certificate = Issue(name, "1.3.6.1.5.5.7.3.1");
        folder.Replace("tls.crt", certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        folder.Replace("tls.key", key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _authority.Dispose();
}
