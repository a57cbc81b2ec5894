using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VpcRouter.RouteSpecs;

/// <summary>
/// Destinations as an operator lists them in a setting: comma-separated CIDRs, prefix lists or addresses. An address means that
/// address alone (/32, /128), except <c>0.0.0.0</c> and <c>::</c>, which mean the default route. Immutable and thread-safe.
/// </summary>
public sealed class CidrList : IParsable<CidrList>
{
    private CidrList(ImmutableArray<RouteDestination> items) => Items = items;

    /// <summary>The list without items.</summary>
    public static CidrList Empty { get; } = new([]);

    /// <summary>The items, in the order given.</summary>
    public ImmutableArray<RouteDestination> Items { get; }

    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">An item is neither CIDR, address nor prefix list; the message names it.</exception>
    public static CidrList Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return new CidrList([.. s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseItem)]);
    }

    /// <summary>Reads a list.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CidrList result)
    {
        result = null;
        try
        {
            result = s is null ? null : Parse(s, provider);
        }
        catch (FormatException)
        {
            return false;
        }

        return result is not null;
    }

    /// <summary>The list as text, items joined by commas.</summary>
    public override string ToString() => string.Join(',', Items);

    private static RouteDestination ParseItem(string text)
    {
        if (!HostAddress.TryParse(text, out var address))
        {
            return RouteDestination.TryParse(text, null, out var destination)
                ? destination
                : throw new FormatException($"holds \"{text}\", which is no CIDR or address; give for example 10.0.0.0/8,192.168.1.1");
        }

        var isUnspecified = address.Equals(System.Net.IPAddress.Any) || address.Equals(System.Net.IPAddress.IPv6Any);
        return isUnspecified ? RouteDestination.Parse($"{address}/0") : RouteDestination.OfAddress(address);
    }
}
