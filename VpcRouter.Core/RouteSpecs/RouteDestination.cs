using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace VpcRouter.RouteSpecs;

/// <summary>What a route matches: an IPv4 CIDR, an IPv6 CIDR or a managed prefix list. Always canonical. Immutable.</summary>
public readonly struct RouteDestination : IEquatable<RouteDestination>, IParsable<RouteDestination>
{
    private const string PrefixListPrefix = "pl-";
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private readonly IPNetwork _network;

    private RouteDestination(IPNetwork network) => _network = network;

    private RouteDestination(string prefixListId) => PrefixListId = prefixListId;

    /// <summary>The network, or <see langword="null"/> for a prefix list.</summary>
    public IPNetwork? Network => PrefixListId is null ? _network : null;

    /// <summary>The id of the managed prefix list (<c>pl-…</c>), or <see langword="null"/> for a CIDR.</summary>
    public string? PrefixListId { get; }

    /// <summary>Whether this is the default route, <c>0.0.0.0/0</c> or <c>::/0</c>.</summary>
    public bool IsDefaultRoute => PrefixListId is null && _network.PrefixLength == 0;

    /// <summary>Whether this is an IPv6 CIDR.</summary>
    public bool IsIPv6 => PrefixListId is null && _network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Compares for equality.</summary>
    public static bool operator ==(RouteDestination left, RouteDestination right) => left.Equals(right);

    /// <summary>Compares for inequality.</summary>
    public static bool operator !=(RouteDestination left, RouteDestination right) => !left.Equals(right);

    /// <summary>Reads a destination; host bits are cleared as EC2 does.</summary>
    /// <exception cref="FormatException">It is neither a CIDR nor a prefix-list id.</exception>
    public static RouteDestination Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException("is not a destination; give a CIDR (10.55.16.0/24, 2001:db8::/32) or a prefix list (pl-0123abcd)");

    /// <summary>Reads a destination; host bits are cleared as EC2 does.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RouteDestination result) =>
        TryParse(s, out result, out _);

    /// <summary>Reads a destination and tells whether it was written with host bits set.</summary>
    /// <param name="text">A CIDR, or the id of a managed prefix list.</param>
    /// <param name="destination">The canonical destination.</param>
    /// <param name="hadHostBits">Whether bits beyond the prefix were set and have been cleared.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RouteDestination destination, out bool hadHostBits)
    {
        destination = default;
        hadHostBits = false;
        if (text is null)
            return false;
        if (text.StartsWith(PrefixListPrefix, StringComparison.Ordinal))
        {
            if (text.Length == PrefixListPrefix.Length || text.AsSpan(PrefixListPrefix.Length).ContainsAnyExcept(IdCharacters))
                return false;
            destination = new RouteDestination(text);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !HostAddress.TryParse(text.AsSpan(0, slash), out var address) || !TryParsePrefixLength(text.AsSpan(slash + 1), address, out var length))
            return false;

        // ::ffff:10.0.0.0/8 is an IPv6 network of 2^120 addresses; taken for 10.0.0.0/8 it would be quite another route.
        if (address.AddressFamily == AddressFamily.InterNetwork && text.Contains(':', StringComparison.Ordinal))
            return false;
        destination = Of(address, length);
        hadHostBits = !destination._network.BaseAddress.Equals(address);
        return true;
    }

    /// <summary>The destination that is exactly one address: a /32, or a /128 for IPv6.</summary>
    public static RouteDestination OfAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new RouteDestination(new IPNetwork(address, BitsOf(address)));
    }

    /// <summary>Whether every address of the other destination lies in this one. A prefix list contains only itself.</summary>
    public bool Contains(RouteDestination other) =>
        PrefixListId is not null || other.PrefixListId is not null
            ? Equals(other)
            : _network.BaseAddress.AddressFamily == other._network.BaseAddress.AddressFamily
              && _network.PrefixLength <= other._network.PrefixLength
              && _network.Contains(other._network.BaseAddress);

    /// <inheritdoc/>
    public bool Equals(RouteDestination other) =>
        PrefixListId is null
            ? other.PrefixListId is null && _network.PrefixLength == other._network.PrefixLength && Equals(_network.BaseAddress, other._network.BaseAddress)
            : string.Equals(PrefixListId, other.PrefixListId, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RouteDestination other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        PrefixListId is null ? HashCode.Combine(_network.BaseAddress, _network.PrefixLength) : PrefixListId.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text, as EC2 and the route spec write it.</summary>
    public override string ToString() => PrefixListId ?? _network.ToString();

    private static RouteDestination Of(IPAddress address, int prefixLength)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var count);
        bytes = bytes[..count];
        for (var bit = prefixLength; bit < count * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new RouteDestination(new IPNetwork(new IPAddress(bytes), prefixLength));
    }

    private static bool TryParsePrefixLength(ReadOnlySpan<char> text, IPAddress address, out int length)
    {
        length = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0'))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            length = length * 10 + (c - '0');
        }

        return length <= BitsOf(address);
    }

    private static int BitsOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
}
