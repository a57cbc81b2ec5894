using System.Buffers.Binary;
using System.Net;

namespace VpcRouter.Benchmarks.Network;

/// <summary>What hosts at the end of a line make of IPv4 packets. Pure.</summary>
internal static class LinePacket
{
    private const int HeaderSize = 20;
    private const int TransportSize = 20;
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte EchoRequest = 8;
    private const byte EchoReply = 0;
    private const byte Unreachable = 3;
    private const byte HostUnreachable = 1;
    private const byte Synchronize = 2;
    private const byte SynchronizeAcknowledge = 0x12;

    /// <summary>An echo request or the first packet of a TCP connection; anything else a host needn't answer.</summary>
    public static bool IsProbe(ReadOnlySpan<byte> packet) =>
        packet.Length >= HeaderSize + 8 && packet[0] == 0x45
        && ((packet[9] == Icmp && packet[HeaderSize] == EchoRequest)
            || (packet[9] == Tcp && packet.Length >= HeaderSize + TransportSize && packet[HeaderSize + 13] == Synchronize));

    public static IPAddress Destination(ReadOnlySpan<byte> packet) => new(packet[16..20]);

    /// <summary>The answer of a host that is well.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> probe) => probe[9] == Icmp ? Echo(probe, []) : Accept(probe);

    /// <summary>An echo reply with other data than was asked for.</summary>
    public static byte[] FalseEcho(ReadOnlySpan<byte> probe, ReadOnlySpan<byte> payload) => Echo(probe, payload);

    /// <summary>A reply as it comes from another host.</summary>
    public static byte[] From(IPAddress source, byte[] packet)
    {
        byte[] copy = [.. packet];
        source.TryWriteBytes(copy.AsSpan(12), out _);
        SealHeader(copy);
        return copy;
    }

    /// <summary>The host's router says that it can't be reached.</summary>
    public static byte[] Refusal(ReadOnlySpan<byte> probe)
    {
        var packet = Header(probe, Icmp, 8 + probe.Length);
        packet[HeaderSize] = Unreachable;
        packet[HeaderSize + 1] = HostUnreachable;
        probe.CopyTo(packet.AsSpan(HeaderSize + 8));
        SealMessage(packet);
        return packet;
    }

    private static byte[] Echo(ReadOnlySpan<byte> probe, ReadOnlySpan<byte> payload)
    {
        var message = probe[HeaderSize..];
        var packet = Header(probe, Icmp, payload.IsEmpty ? message.Length : 8 + payload.Length);
        var answer = packet.AsSpan(HeaderSize);
        message[..Math.Min(message.Length, answer.Length)].CopyTo(answer);
        payload.CopyTo(answer[8..]);
        answer[0] = EchoReply;
        SealMessage(packet);
        return packet;
    }

    private static byte[] Accept(ReadOnlySpan<byte> probe)
    {
        var packet = Header(probe, Tcp, TransportSize);
        var asked = probe[HeaderSize..];
        var answer = packet.AsSpan(HeaderSize);
        asked[2..4].CopyTo(answer);
        asked[..2].CopyTo(answer[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(answer[4..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(answer[8..], BinaryPrimitives.ReadUInt32BigEndian(asked[4..]) + 1);
        answer[12] = (TransportSize / 4) << 4;
        answer[13] = SynchronizeAcknowledge;
        answer[14] = answer[15] = 0xff;
        // The checksum also covers both addresses, the protocol and the length.
        var sum = Sum(packet.AsSpan(12, 8)) + Tcp + TransportSize + Sum(answer);
        BinaryPrimitives.WriteUInt16BigEndian(answer[16..], Fold(sum));
        return packet;
    }

    private static byte[] Header(ReadOnlySpan<byte> probe, byte protocol, int size)
    {
        var packet = new byte[HeaderSize + size];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        probe[16..20].CopyTo(packet.AsSpan(12));
        probe[12..16].CopyTo(packet.AsSpan(16));
        SealHeader(packet);
        return packet;
    }

    private static void SealHeader(byte[] packet) => Seal(packet.AsSpan(0, HeaderSize), 10);

    private static void SealMessage(byte[] packet) => Seal(packet.AsSpan(HeaderSize), 2);

    private static void Seal(Span<byte> bytes, int checksumAt)
    {
        bytes[checksumAt] = bytes[checksumAt + 1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[checksumAt..], Fold(Sum(bytes)));
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i++)
            sum += i % 2 == 0 ? (uint)bytes[i] << 8 : bytes[i];
        return sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
