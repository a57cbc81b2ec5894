using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>An authority with an intermediate one, and certificates of it for etcd and for its client, as PEM files in a folder of its own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("romana-tls-");
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddHours(-1);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public TestCertificates()
    {
        _root = MakeAuthority("Root", issuer: null);
        _intermediate = MakeAuthority("Intermediate", _root);
        File.WriteAllText(Authority, _root.ExportCertificatePem());
        WriteLeaf("etcd", ServerChain, ServerKey);
        WriteLeaf("vpcrouter", ClientChain, ClientKey);
    }

    public string Authority => PathOf("ca.pem");

    public string ServerChain => PathOf("server.pem");

    public string ServerKey => PathOf("server-key.pem");

    public string ClientChain => PathOf("client.pem");

    public string ClientKey => PathOf("client-key.pem");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] SerialNumber() => RandomNumberGenerator.GetBytes(16);

    private X509Certificate2 MakeAuthority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is null)
            return request.CreateSelfSigned(_from, _from.AddDays(2));
        using var certificate = request.Create(issuer, _from, _from.AddDays(1.5), SerialNumber());
        return certificate.CopyWithPrivateKey(key);
    }

    private void WriteLeaf(string name, string chainPath, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        // etcd's own gateway to itself is a client of it too.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_intermediate, _from, _from.AddDays(1), SerialNumber());
        File.WriteAllText(chainPath, certificate.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
    }
}
