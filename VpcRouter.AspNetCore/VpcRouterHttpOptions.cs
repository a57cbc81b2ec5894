using VpcRouter.Settings;

namespace VpcRouter.AspNetCore;

/// <summary>
/// Who may use the endpoints. The defaults suit an app that listens on loopback, or one that protects the endpoints itself with
/// <c>RequireAuthorization()</c>. Read when the endpoints are mapped; not thread-safe.
/// </summary>
public sealed class VpcRouterHttpOptions
{
    /// <summary>
    /// A file that holds the bearer token and nothing else: 16 to 1024 printable ASCII characters without blanks. Read again when it
    /// changes, also by rename or when a link on the way is swapped. Default: none.
    /// </summary>
    [Setting("token-file", "file with the bearer token that writes need (or give the token in the environment as VPCROUTER_TOKEN)", ValueName = "FILE")]
    public string? TokenFile { get; set; }

    /// <summary>The bearer token itself, with the limits of <see cref="TokenFile"/>; give one of the two. No setting, because command lines are for everyone to read. Default: none.</summary>
    public string? Token { get; set; }

    /// <summary>Whether looking needs the token too. <c>/healthz</c> and <c>/readyz</c> stay open. Default: false.</summary>
    [Setting("token-for-reads", "ask for the token on every page too; /healthz and /readyz stay open")]
    public bool TokenForReads { get; set; }

    /// <summary>
    /// The names by which clients may call the server, without ports, separated by commas, beside IP addresses, <c>localhost</c> and this machine's name;
    /// <c>*</c> for any. A request by another name is refused where no token protects it: on loopback always, elsewhere when it writes. Default: none.
    /// </summary>
    [Setting("allowed-hosts", "names, separated by commas, by which clients may call the server, beside IP addresses, localhost and this machine's name", ValueName = "NAMES")]
    public string? AllowedHosts { get; set; }

    /// <summary>
    /// Whether writes are taken from the network without a token. Otherwise they are taken on loopback only, or where the app has put
    /// authorization on the endpoints. Default: false.
    /// </summary>
    [Setting("insecure", "take route specs without a token from anyone who reaches a listen address that isn't loopback")]
    public bool Insecure { get; set; }
}
