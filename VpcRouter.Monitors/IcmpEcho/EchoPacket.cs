using System.Buffers.Binary;
using System.Net.Sockets;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>
/// Writes echo requests and reads echo replies (RFC 792, RFC 4443). The payload is a token that only this engine knows, and the number
/// of the probe and the index of its host, so that whatever comes back can be told apart without looking anything up.
/// </summary>
internal static class EchoPacket
{
    public const int Size = HostAt + sizeof(int);

    /// <summary>Room for a reply after the longest IPv4 header; anything longer by only a byte is no reply of ours.</summary>
    public const int ReplyRoom = 60 + Size + 1;

    /// <summary>Room for a request that is given back, after the IPv4 header with which it may have been sent.</summary>
    public const int ReturnedRoom = MinimumIPv4Header + Size;

    private const int IdentifierAt = 4;
    private const int SequenceAt = 6;
    private const int TokenAt = 8;
    private const int NumberAt = TokenAt + sizeof(ulong);
    private const int HostAt = NumberAt + sizeof(ulong);
    private const int MinimumIPv4Header = 20;
    private const byte RequestV4 = 8;
    private const byte ReplyV4 = 0;
    private const byte RequestV6 = 128;
    private const byte ReplyV6 = 129;

    public static void WriteRequest(Span<byte> packet, AddressFamily family, ushort identifier, ulong token, ulong number, int host)
    {
        packet[0] = family == AddressFamily.InterNetwork ? RequestV4 : RequestV6;
        packet[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet[IdentifierAt..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(packet[SequenceAt..], SequenceOf(number));
        BinaryPrimitives.WriteUInt64BigEndian(packet[TokenAt..], token);
        BinaryPrimitives.WriteUInt64BigEndian(packet[NumberAt..], number);
        BinaryPrimitives.WriteInt32BigEndian(packet[HostAt..], host);
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
    /// <param name="host">The index of its host.</param>
    public static bool TryReadReply(ReadOnlySpan<byte> received, AddressFamily family, ushort? identifier, bool hasIPv4Header, ulong token, out ulong number, out int host)
    {
        var message = hasIPv4Header ? WithoutIPv4Header(received) : received;
        if (message.Length != Size || !TryRead(message, family == AddressFamily.InterNetwork ? ReplyV4 : ReplyV6, identifier, token, out number, out host))
        {
            (number, host) = (0, 0);
            return false;
        }

        // A raw IPv4 socket gets messages before the kernel has checked them; everywhere else it has.
        return !hasIPv4Header || Checksum(message) == 0;
    }

    /// <summary>Reads one of this engine's own requests, which the network quotes to say why it went no further.</summary>
    public static bool TryReadReturned(ReadOnlySpan<byte> quoted, AddressFamily family, ushort? identifier, ulong token, out ulong number, out int host)
    {
        if (quoted.Length >= Size)
            return TryRead(quoted, family == AddressFamily.InterNetwork ? RequestV4 : RequestV6, identifier, token, out number, out host);
        (number, host) = (0, 0);
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> message, byte type, ushort? identifier, ulong token, out ulong number, out int host)
    {
        number = BinaryPrimitives.ReadUInt64BigEndian(message[NumberAt..]);
        host = BinaryPrimitives.ReadInt32BigEndian(message[HostAt..]);
        return message[0] == type
            && message[1] == 0
            && (identifier is not { } expected || BinaryPrimitives.ReadUInt16BigEndian(message[IdentifierAt..]) == expected)
            && BinaryPrimitives.ReadUInt64BigEndian(message[TokenAt..]) == token
            && BinaryPrimitives.ReadUInt16BigEndian(message[SequenceAt..]) == SequenceOf(number);
    }

    private static ushort SequenceOf(ulong number) => (ushort)(number ^ (number >> 32));

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
        // The sum of 32-bit words folds to that of 16-bit ones; a message of ours is a whole number of them.
        var wide = 0UL;
        for (; message.Length >= sizeof(uint); message = message[sizeof(uint)..])
            wide += BinaryPrimitives.ReadUInt32BigEndian(message);
        var sum = (uint)(wide >> 32) + (uint)(wide & 0xFFFF) + (uint)((wide >> 16) & 0xFFFF);
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
