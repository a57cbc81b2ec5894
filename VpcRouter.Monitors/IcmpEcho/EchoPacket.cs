using System.Buffers.Binary;
using System.Net.Sockets;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>Writes echo requests and reads echo replies (RFC 792, RFC 4443). The payload is a token that only this engine knows and the number of the probe.</summary>
internal static class EchoPacket
{
    public const int Size = HeaderSize + sizeof(ulong) + sizeof(uint);

    private const int HeaderSize = 8;
    private const int MinimumIPv4Header = 20;
    private const byte RequestV4 = 8;
    private const byte ReplyV4 = 0;
    private const byte RequestV6 = 128;
    private const byte ReplyV6 = 129;

    public static void WriteRequest(Span<byte> packet, AddressFamily family, ushort identifier, ulong token, uint number)
    {
        packet[0] = family == AddressFamily.InterNetwork ? RequestV4 : RequestV6;
        packet[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], (ushort)number);
        BinaryPrimitives.WriteUInt64BigEndian(packet[HeaderSize..], token);
        BinaryPrimitives.WriteUInt32BigEndian(packet[(HeaderSize + sizeof(ulong))..], number);
        // The checksum of ICMPv6 covers addresses that only the kernel knows; it fills it in.
        if (family == AddressFamily.InterNetwork)
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], Checksum(packet[..Size]));
    }

    /// <summary>Reads a reply to one of this engine's requests.</summary>
    /// <param name="received">What the socket delivered.</param>
    /// <param name="family">The socket's family.</param>
    /// <param name="identifier">The identifier that requests carry; <see langword="null"/> where the kernel chooses and checks it.</param>
    /// <param name="hasIPv4Header">Whether an IPv4 header stands before the message.</param>
    /// <param name="token">The engine's token.</param>
    /// <param name="number">The number of the probe that is answered.</param>
    public static bool TryReadReply(ReadOnlySpan<byte> received, AddressFamily family, ushort? identifier, bool hasIPv4Header, ulong token, out uint number)
    {
        number = 0;
        var message = hasIPv4Header ? WithoutIPv4Header(received) : received;
        if (message.Length != Size)
            return false;
        if (message[0] != (family == AddressFamily.InterNetwork ? ReplyV4 : ReplyV6) || message[1] != 0)
            return false;
        if (identifier is { } expected && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != expected)
            return false;
        if (BinaryPrimitives.ReadUInt64BigEndian(message[HeaderSize..]) != token)
            return false;
        number = BinaryPrimitives.ReadUInt32BigEndian(message[(HeaderSize + sizeof(ulong))..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(message[6..]) != (ushort)number)
            return false;
        // A raw IPv4 socket gets messages before the kernel has checked them; everywhere else it has.
        return !hasIPv4Header || Checksum(message) == 0;
    }

    private static ReadOnlySpan<byte> WithoutIPv4Header(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < MinimumIPv4Header || datagram[0] >> 4 != 4)
            return [];
        var length = (datagram[0] & 0x0F) * 4;
        return length >= MinimumIPv4Header && length <= datagram.Length ? datagram[length..] : [];
    }

    /// <summary>The Internet checksum (RFC 1071); zero for a message that carries its right checksum.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> message)
    {
        var sum = 0u;
        for (; message.Length >= 2; message = message[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(message);
        if (message.Length == 1)
            sum += (uint)message[0] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
