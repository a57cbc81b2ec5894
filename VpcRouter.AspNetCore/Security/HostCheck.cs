using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VpcRouter.Settings;

namespace VpcRouter.AspNetCore.Security;

/// <summary>
/// Whether a request calls the server by a name of its own. A page on a name that was made to resolve to this machine (DNS rebinding)
/// is to its browser of one origin with the server, but it can't choose the name that it sends. Thread-safe.
/// </summary>
internal sealed class HostCheck
{
    private const string Any = "*";
    private static readonly SearchValues<char> InNoName = SearchValues.Create(":/*? \t");
    private readonly HashSet<string> _names;

    /// <exception cref="SettingsException">A name is none, and so would never be matched.</exception>
    public HostCheck(IOptions<VpcRouterHttpOptions> options)
    {
        var allowed = (options.Value.AllowedHosts ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var errors = allowed.Where(IsNoName).Select(name => new SettingError("allowed-hosts", name, "is no name of a host, and would never match one; give the name alone, without scheme, port, path or wildcard, for example router.example.com, or * for any")).ToList();
        if (errors.Count > 0)
            throw new SettingsException(errors);
        _names = new HashSet<string>(["localhost", Environment.MachineName, .. allowed.Select(name => name.TrimEnd('.'))], StringComparer.OrdinalIgnoreCase);
    }

    public bool IsOwn(HostString host)
    {
        // Only clients older than HTTP/1.1 send none, and no browser among them.
        if (!host.HasValue || _names.Contains(Any))
            return true;
        var name = host.Host.TrimEnd('.');
        return IPAddress.TryParse(name, out _) || _names.Contains(name);
    }

    private static bool IsNoName(string name) => name != Any && !IPAddress.TryParse(name, out _) && name.AsSpan().ContainsAny(InNoName);
}
