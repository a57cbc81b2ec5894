using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Simulator.Model;

/// <summary>Reads CIDR blocks the way EC2 does: host bits are cleared, abbreviations are refused.</summary>
internal static class Cidr
{
    public static bool TryParse([NotNullWhen(true)] string? text, AddressFamily family, out IPNetwork network)
    {
        network = default;
        if (text is null || text.Split('/') is not [var addressText, var prefixText] || !TryParseAddress(addressText, out var address))
            return false;
        if (address.AddressFamily != family || !int.TryParse(prefixText, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
            return false;
        var bytes = address.GetAddressBytes();
        if (prefix > bytes.Length * 8)
            return false;
        ClearHostBits(bytes, prefix);
        network = new IPNetwork(new IPAddress(bytes), prefix);
        return true;
    }

    public static bool TryParseAddress([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        // The platform's parser also takes "10.1" and "fe80::1%eth0"; EC2 takes neither.
        if (!IPAddress.TryParse(text, out address) || text.Contains('%', StringComparison.Ordinal))
            return false;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || text == address.ToString();
    }

    public static bool Covers(this IPNetwork outer, IPNetwork inner) =>
        outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    private static void ClearHostBits(byte[] bytes, int prefix)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }
    }
}
