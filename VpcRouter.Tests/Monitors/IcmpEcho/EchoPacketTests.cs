using System.Net.Sockets;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

internal sealed class EchoPacketTests
{
    private const ulong Token = 0x0123456789ABCDEF;
    private const ulong Number = 0x0000_0007_0001_2345;
    private const int Host = 0x00ABCDEF;
    private const ushort Identifier = 0xBEEF;

    [TestCase(AddressFamily.InterNetwork, true)]
    [TestCase(AddressFamily.InterNetwork, false)]
    [TestCase(AddressFamily.InterNetworkV6, false)]
    public void TryReadReply_OwnReply_GivesItsNumber(AddressFamily family, bool withHeader)
    {
        EchoPacket.TryReadReply(Reply(family, withHeader), family, Identifier, withHeader, Token, out var number, out var host).Should().BeTrue();

        (number, host).Should().Be((Number, Host));
    }

    [Test]
    public void TryReadReply_KernelChoseIdentifier_PassesAny() =>
        EchoPacket.TryReadReply(Reply(AddressFamily.InterNetwork, false), AddressFamily.InterNetwork, null, false, Token, out _, out _).Should().BeTrue();

    [Test]
    public void TryReadReply_OwnRequestOnLoopback_IsDropped()
    {
        var request = new byte[EchoPacket.Size];
        EchoPacket.WriteRequest(request, AddressFamily.InterNetwork, Identifier, Token, Number, Host);

        EchoPacket.TryReadReply(request, AddressFamily.InterNetwork, Identifier, false, Token, out _, out _).Should().BeFalse();
    }

    [TestCase(20, Description = "type")]
    [TestCase(21, Description = "code")]
    [TestCase(22, Description = "checksum")]
    [TestCase(24, Description = "identifier")]
    [TestCase(27, Description = "sequence")]
    [TestCase(28, Description = "token")]
    [TestCase(40, Description = "number")]
    [TestCase(0, Description = "IP version")]
    public void TryReadReply_AnyPartDiffers_IsDropped(int position)
    {
        var reply = Reply(AddressFamily.InterNetwork, withHeader: true);
        reply[position] ^= 0x80;

        EchoPacket.TryReadReply(reply, AddressFamily.InterNetwork, Identifier, true, Token, out _, out _).Should().BeFalse();
    }

    [Test]
    public void TryReadReply_CutOffAnywhere_IsDropped()
    {
        var reply = Reply(AddressFamily.InterNetwork, withHeader: true);

        var accepted = Enumerable.Range(0, reply.Length)
            .Where(length => EchoPacket.TryReadReply(reply.AsSpan(0, length), AddressFamily.InterNetwork, Identifier, true, Token, out _, out _));

        accepted.Should().BeEmpty();
    }

    [Test]
    public void TryReadReply_HeaderClaimsMoreThanThereIs_IsDropped()
    {
        var reply = Reply(AddressFamily.InterNetwork, withHeader: true);
        reply[0] = 0x4F;

        EchoPacket.TryReadReply(reply, AddressFamily.InterNetwork, Identifier, true, Token, out _, out _).Should().BeFalse();
    }

    internal static byte[] ReplyTo(byte[] request, AddressFamily family)
    {
        var reply = request.ToArray();
        reply[0] = family == AddressFamily.InterNetwork ? (byte)0 : (byte)129;
        if (family == AddressFamily.InterNetwork)
        {
            // Type 8 became 0, so the one's complement sum grows by 0x0800.
            var sum = (reply[2] << 8) + reply[3] + 0x0800;
            sum = (sum & 0xFFFF) + (sum >> 16);
            (reply[2], reply[3]) = ((byte)(sum >> 8), (byte)sum);
        }

        return reply;
    }

    private static byte[] Reply(AddressFamily family, bool withHeader)
    {
        var request = new byte[EchoPacket.Size];
        EchoPacket.WriteRequest(request, family, Identifier, Token, Number, Host);
        byte[] header = withHeader ? [0x45, .. new byte[19]] : [];
        return [.. header, .. ReplyTo(request, family)];
    }
}
