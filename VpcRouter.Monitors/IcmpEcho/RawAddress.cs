using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>An address of a known family as its bytes, in network order; an IPv4 address takes the first four.</summary>
internal readonly record struct RawAddress(ulong First, ulong Last)
{
    public static RawAddress Of(IPAddress address)
    {
        Span<ulong> parts = [0, 0];
        address.TryWriteBytes(MemoryMarshal.AsBytes(parts), out _);
        return new RawAddress(parts[0], parts[1]);
    }

    public IPAddress ToIPAddress(AddressFamily family)
    {
        ReadOnlySpan<ulong> parts = [First, Last];
        return new IPAddress(MemoryMarshal.AsBytes(parts)[..(family == AddressFamily.InterNetwork ? 4 : 16)]);
    }
}
