using System.ComponentModel.DataAnnotations;
using VpcRouter.Probing;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Http;

/// <summary>The settings of <c>http</c>.</summary>
internal sealed class HttpSettings : ProbeSettings, IValidatableObject
{
    private const int PlainPort = 80;
    private const int TlsPort = 443;

    [Setting("http-check-interval", "time between two checks of a host, in seconds (0.1 to 3600)", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("http-check-timeout", "how long a check may take from connecting to the status line, in seconds (0.01 to 60); default 500ms or the interval, whichever is less", ValueName = "SECONDS")]
    [SecondsRange(0.01, 60)]
    public TimeSpan? Timeout { get; set; }

    [Setting("http-check-port", "port to ask (1 to 65535); default 80, with TLS 443", ValueName = "PORT")]
    [Range(1, 65535, ErrorMessage = "is out of range; give 1 to 65535")]
    public int? Port { get; set; }

    [Setting("http-check-path", "path to GET, with its query if it has one", ValueName = "PATH")]
    [RegularExpression("/[!\"$-~]*", ErrorMessage = "is not a path; begin with / and write spaces, # and what is not ASCII percent-encoded, for example /healthz")]
    public string Path { get; set; } = "/";

    [Setting("http-check-status", "status codes that count as good, for example 200 or 200-399; redirects are not followed", ValueName = "RANGE")]
    public StatusRange Status { get; set; } = new(200, 399);

    [Setting("http-check-host", "name to give as the Host header, and with TLS as the server's name (default: the host's address)", ValueName = "NAME")]
    [RegularExpression("[A-Za-z0-9._-]+", ErrorMessage = "is not a host name; give for example router.example.com, without a port")]
    public string? Host { get; set; }

    [Setting("http-check-tls", "ask by HTTPS")]
    public bool Tls { get; set; }

    [Setting("http-check-ca-file", "PEM file with the only certificate authorities to trust (default: the system's)", ValueName = "FILE")]
    public string? CaFile { get; set; }

    [Setting("http-check-dangerously-trust-any-certificate", "take any certificate, whoever made it: anybody on the way can answer for a dead host")]
    public bool TrustAnyCertificate { get; set; }

    /// <summary>The port to ask, given or not.</summary>
    public int EffectivePort => Port ?? (Tls ? TlsPort : PlainPort);

    /// <summary>Whether the port goes without saying.</summary>
    public bool IsUsualPort => EffectivePort == (Tls ? TlsPort : PlainPort);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CaFile is not null && !Tls)
            yield return new ValidationResult("is only of use with --http-check-tls; give that as well, or leave this out", [nameof(CaFile)]);
        if (CaFile is not null && TrustAnyCertificate)
            yield return new ValidationResult("contradicts --http-check-dangerously-trust-any-certificate; leave that out", [nameof(CaFile)]);
        if (TrustAnyCertificate && !Tls)
            yield return new ValidationResult("is only of use with --http-check-tls; give that as well, or leave this out", [nameof(TrustAnyCertificate)]);
    }
}
