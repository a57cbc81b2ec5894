using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>How the HTTP server encrypts; without a certificate it doesn't.</summary>
internal sealed class TlsSettings : IValidatableObject
{
    [Setting("tls-cert", "PEM file with the HTTP server's certificate and its intermediates; read again when renewed", ValueName = "FILE")]
    public string? Certificate { get; set; }

    [Setting("tls-key", "PEM file with the certificate's private key", ValueName = "FILE")]
    public string? Key { get; set; }

    [Setting("tls-client-ca", "PEM file with the authorities of client certificates; without one of theirs nobody connects", ValueName = "FILE")]
    public string? ClientAuthorities { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate is not null && Key is null)
            yield return new ValidationResult("needs its private key; give --tls-key", [nameof(Certificate)]);
        if (Key is not null && Certificate is null)
            yield return new ValidationResult("needs its certificate; give --tls-cert", [nameof(Key)]);
        if (ClientAuthorities is not null && Certificate is null)
            yield return new ValidationResult("needs TLS; give --tls-cert and --tls-key", [nameof(ClientAuthorities)]);
    }
}
