using System.ComponentModel.DataAnnotations;
using VpcRouter.Romana.Etcd;
using VpcRouter.Settings;

namespace VpcRouter.Romana;

/// <summary>The settings of the <c>VpcRouter.Romana</c> watcher.</summary>
internal sealed class RomanaSettings : IValidatableObject
{
    [Setting("etcd-addr", "etcd's address, or those of its members: HOST[:PORT],…", ValueName = "HOSTS")]
    public EtcdAddresses EtcdAddr { get; set; } = EtcdAddresses.Parse("localhost");

    [Setting("etcd-port", "etcd's port, where --etcd-addr names none", ValueName = "PORT")]
    [Range(1, 65535, ErrorMessage = "is not a port; give 1 to 65535")]
    public int EtcdPort { get; set; } = 2379;

    [Setting("etcd-ca-cert", "PEM file with the authority that etcd's certificates come from; with it, etcd is spoken to by TLS", ValueName = "FILE")]
    public string? EtcdCaCert { get; set; }

    [Setting("etcd-priv-key", "PEM file with the private key to show to etcd", ValueName = "FILE")]
    public string? EtcdPrivKey { get; set; }

    [Setting("etcd-cert-chain", "PEM file with the certificate to show to etcd and those that lead from it to its authority", ValueName = "FILE")]
    public string? EtcdCertChain { get; set; }

    [Setting("etcd-user", "etcd user, where etcd asks for one", ValueName = "NAME")]
    public string? EtcdUser { get; set; }

    [Setting("etcd-password", "the user's password; better given as environment variable, which other users of the machine can't see", Secret = true)]
    public string? EtcdPassword { get; set; }

    [Setting("etcd-key", "the key that holds Romana's topology", ValueName = "KEY")]
    [Required(ErrorMessage = "is empty; name the key that holds Romana's topology")]
    public string EtcdKey { get; set; } = "/romana/ipam/data";

    [Setting("etcd-timeout", "how long etcd may take to answer before another member is asked, in seconds", ValueName = "SECONDS")]
    [SecondsRange(0.1, 60)]
    public TimeSpan EtcdTimeout { get; set; } = TimeSpan.FromSeconds(3);

    [Setting("etcd-check-interval", "how often etcd is asked whether the watch has missed anything, in seconds", ValueName = "SECONDS")]
    [SecondsRange(0.5, 60)]
    public TimeSpan EtcdCheckInterval { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("etcd-use-v2", "refused: etcd's API v2 is gone")]
    public bool EtcdUseV2 { get; set; }

    private bool IsSecure => EtcdCaCert is not null;

    /// <summary>The members of etcd to talk to, in the order given.</summary>
    public IReadOnlyList<EtcdEndpoint> Endpoints =>
        [.. EtcdAddr.Members.Select(member => new EtcdEndpoint(member.Host, member.Port ?? EtcdPort, IsSecure))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Property, string? Value)[] files = [(nameof(EtcdCaCert), EtcdCaCert), (nameof(EtcdPrivKey), EtcdPrivKey), (nameof(EtcdCertChain), EtcdCertChain)];
        if (files.Any(file => file.Value is not null))
        {
            foreach (var (property, _) in files.Where(file => string.IsNullOrWhiteSpace(file.Value)))
                yield return new ValidationResult("is missing; give all of --etcd-ca-cert, --etcd-priv-key and --etcd-cert-chain, or none of them", [property]);
        }

        if (EtcdUser is not null && EtcdPassword is null)
            yield return new ValidationResult("is missing; --etcd-user needs it", [nameof(EtcdPassword)]);
        if (EtcdUser is null && EtcdPassword is not null)
            yield return new ValidationResult("is missing; --etcd-password is of no use without it", [nameof(EtcdUser)]);
        if (EtcdUseV2)
            yield return new ValidationResult("is not possible: etcd has no API v2 any more, nor does it show in v3 what was written by v2; have Romana write by v3 and leave this away", [nameof(EtcdUseV2)]);
    }
}
