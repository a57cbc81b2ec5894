using System.Net;
using System.Net.Sockets;
using VpcRouter.Plugins;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>A raw ICMP socket or, where that isn't permitted, a datagram one.</summary>
internal sealed class EchoSocket : IEchoSocket
{
    private const int ReceiveBuffer = 4 << 20;
    private const int SolRaw = 255;
    private const int IcmpFilter = 1;
    private const int SolIcmpV6 = 58;
    private const int IcmpV6Filter = 1;
    private const int ReplyV6 = 129;
    private readonly Socket _socket;
    private readonly EndPoint _any;

    private EchoSocket(Socket socket)
    {
        _socket = socket;
        _any = new IPEndPoint(Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        // A sweep's replies come in one burst; the kernel caps this at its own limit.
        socket.ReceiveBufferSize = ReceiveBuffer;
        // A full send buffer must fail the send, not stall the probes of everybody else.
        socket.Blocking = false;
        if (socket.SocketType == SocketType.Raw)
            PassRepliesOnly();
        socket.Bind(_any);
    }

    public AddressFamily Family => _socket.AddressFamily;

    public bool KernelSetsIdentifier => _socket.SocketType == SocketType.Dgram;

    public bool DeliversIPv4Header => _socket.SocketType == SocketType.Raw && Family == AddressFamily.InterNetwork;

    /// <summary>Opens a socket for an address family.</summary>
    /// <exception cref="PluginException">Neither kind is permitted.</exception>
    /// <exception cref="SocketException">It can't be had for another reason, say because the machine has no IPv6.</exception>
    public static IEchoSocket Open(AddressFamily family) => Open(family, OpenAs);

    internal static IEchoSocket Open(AddressFamily family, Func<AddressFamily, SocketType, IEchoSocket> open)
    {
        try
        {
            return open(family, SocketType.Raw);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
        }

        try
        {
            return open(family, SocketType.Dgram);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new PluginException(
                "Monitor \"icmpecho\" is not permitted to send ICMP; either give the program the capability (setcap cap_net_raw+ep on the binary) " +
                "or its group the permission (sysctl -w net.ipv4.ping_group_range=\"0 2147483647\").",
                e);
        }
    }

    public void Send(ReadOnlySpan<byte> message, IPAddress host) => _socket.SendTo(message, SocketFlags.None, new IPEndPoint(host, 0));

    public async ValueTask<(int Length, IPAddress From)> ReceiveAsync(Memory<byte> buffer, CancellationToken stopping)
    {
        var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _any, stopping).ConfigureAwait(false);
        return (received.ReceivedBytes, ((IPEndPoint)received.RemoteEndPoint).Address);
    }

    public void Dispose() => _socket.Dispose();

    private static EchoSocket OpenAs(AddressFamily family, SocketType type)
    {
        var socket = new Socket(family, type, family == AddressFamily.InterNetwork ? ProtocolType.Icmp : ProtocolType.IcmpV6);
        try
        {
            return new EchoSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A raw socket sees all of the machine's ICMP, on loopback its own requests too; the kernel is to keep back what isn't a reply.</summary>
    private void PassRepliesOnly()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // Both masks name what is blocked, by message type: 32 types as one native integer, or 256 as eight.
        if (Family == AddressFamily.InterNetwork)
        {
            _socket.SetRawSocketOption(SolRaw, IcmpFilter, BitConverter.GetBytes(~1u));
            return;
        }

        var blocked = Enumerable.Repeat(uint.MaxValue, 8).ToArray();
        blocked[ReplyV6 >> 5] &= ~(1u << (ReplyV6 & 31));
        _socket.SetRawSocketOption(SolIcmpV6, IcmpV6Filter, System.Runtime.InteropServices.MemoryMarshal.AsBytes(blocked.AsSpan()));
    }
}
