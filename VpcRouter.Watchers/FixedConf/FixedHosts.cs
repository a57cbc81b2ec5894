using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Watchers.FixedConf;

/// <summary>
/// Hosts in one text: separated by colons as in the original, or by commas, which IPv6 needs. A text that is an IPv6 address as a whole
/// is that one host.
/// </summary>
internal sealed class FixedHosts : IParsable<FixedHosts>
{
    private FixedHosts(ImmutableArray<IPAddress> items) => Items = items;

    public ImmutableArray<IPAddress> Items { get; }

    public static FixedHosts Parse(string s, IFormatProvider? provider)
    {
        if (HostAddress.TryParse(s, out var single))
            return new FixedHosts([single]);
        var separator = s.Contains(',', StringComparison.Ordinal) ? ',' : ':';
        var hosts = s.Split(separator, StringSplitOptions.TrimEntries).Select(ParseItem).Distinct();
        return new FixedHosts([.. hosts]);
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out FixedHosts result)
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

    public override string ToString() => string.Join(',', Items);

    private static IPAddress ParseItem(string text) =>
        HostAddress.TryParse(text, out var host)
            ? host
            : throw new FormatException($"holds \"{text}\", which is not a host address; separate the hosts by colons (10.33.20.93:10.33.30.22), or by commas when one is IPv6");
}
