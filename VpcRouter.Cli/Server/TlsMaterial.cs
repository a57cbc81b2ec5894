namespace VpcRouter.Cli.Server;

/// <summary>What the files for TLS hold. Immutable; of one content is of one value.</summary>
/// <param name="Certificate">The certificate and its intermediates, in PEM.</param>
/// <param name="Key">Its private key, in PEM.</param>
/// <param name="ClientAuthorities">The authorities of client certificates, in PEM; <see langword="null"/> when clients need none.</param>
internal sealed record TlsMaterial(string Certificate, string Key, string? ClientAuthorities)
{
    // The compiler's own would print the key.
    public override string ToString() => nameof(TlsMaterial);
}
