using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace VpcRouter.AspNetCore.Security;

/// <summary>
/// Whether a request calls the server by a name of its own. A page on a name that was made to resolve to this machine (DNS rebinding)
/// is to its browser of one origin with the server, but it can't choose the name that it sends. Thread-safe.
/// </summary>
internal sealed class HostCheck(IOptions<VpcRouterHttpOptions> options)
{
    private readonly HashSet<string> _names = new(
        ["localhost", Environment.MachineName, .. (options.Value.AllowedHosts ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        StringComparer.OrdinalIgnoreCase);

    public bool IsOwn(HostString host)
    {
        // Only clients older than HTTP/1.1 send none, and no browser among them.
        if (!host.HasValue || _names.Contains("*"))
            return true;
        var name = host.Host.TrimEnd('.');
        return IPAddress.TryParse(name, out _) || _names.Contains(name);
    }
}
