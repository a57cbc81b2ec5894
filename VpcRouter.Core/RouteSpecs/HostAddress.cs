using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace VpcRouter.RouteSpecs;

/// <summary>Reads host addresses strictly: what <see cref="IPAddress"/> lets pass (<c>1</c>, <c>0x7f.1</c>, <c>[::1]:80</c>) is a typing error here.</summary>
public static class HostAddress
{
    /// <summary>Reads an IPv4 address in dotted-quad form or an IPv6 address without a zone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address; an IPv4-mapped IPv6 address comes out as IPv4.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.ContainsAny("[]%/") || !IPAddress.TryParse(text, out var parsed))
            return false;
        if (parsed.AddressFamily == AddressFamily.InterNetwork && !IsDottedQuad(text))
            return false;
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || part.ContainsAnyExceptInRange('0', '9'))
                return false;
            parts++;
        }

        return parts == 4;
    }
}
