using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VpcRouter.Romana.Etcd;

/// <summary>The addresses of etcd's members: <c>HOST[:PORT]</c>, separated by commas. Immutable.</summary>
internal sealed class EtcdAddresses : IParsable<EtcdAddresses>
{
    private EtcdAddresses(ImmutableArray<EtcdAddress> members) => Members = members;

    public ImmutableArray<EtcdAddress> Members { get; }

    /// <summary>Reads the addresses.</summary>
    /// <exception cref="FormatException">One of them can't be read. The message continues the sentence "--etcd-addr "…"".</exception>
    public static EtcdAddresses Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        var members = s.Split(',', StringSplitOptions.TrimEntries).Select(ParseMember).ToImmutableArray();
        var twice = members.GroupBy(member => member).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? new EtcdAddresses(members) : throw new FormatException($"names {twice.Key} twice");
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out EtcdAddresses result)
    {
        try
        {
            result = s is null ? null : Parse(s, provider);
        }
        catch (FormatException)
        {
            result = null;
        }

        return result is not null;
    }

    public override string ToString() => string.Join(',', Members);

    private static EtcdAddress ParseMember(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            throw new FormatException("holds a URL; give HOST or HOST:PORT (TLS is used when the three certificate files are given)");
        var (host, port) = Split(text);
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535))
            throw new FormatException($"holds \"{port}\", which is not a port; give 1 to 65535");
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new FormatException($"holds \"{host}\", which is neither a host name nor an address; give HOST[:PORT], separated by commas");
        return new EtcdAddress(host, port is null ? null : int.Parse(port, CultureInfo.InvariantCulture));
    }

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            return (text[1..end], end + 1 == text.Length ? null : text[end + 1] == ':' ? text[(end + 2)..] : throw new FormatException($"holds \"{text}\"; give [ADDRESS]:PORT"));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // With more than one colon it is an IPv6 address, which has no port unless it is in brackets.
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
