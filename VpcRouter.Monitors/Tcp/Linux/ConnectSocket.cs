using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using VpcRouter.Monitors.Linux;

namespace VpcRouter.Monitors.Tcp.Linux;

/// <summary>One attempt to connect, by the fewest system calls. Closing it resets the connection, so that nothing of it lingers.</summary>
internal readonly unsafe record struct ConnectSocket(int Descriptor)
{
    private const int FamilyV4 = 2;
    private const int FamilyV6 = 10;
    private const int Stream = 1;
    private const int SolSocket = 1;
    private const int SocketErrorOption = 4;
    private const int LingerOption = 13;

    /// <summary>Begins to connect.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="port">The port.</param>
    /// <param name="unused">A socket from <see cref="TryReset"/>, or none; only for IPv4.</param>
    /// <param name="socket">The socket, open only when there is no error.</param>
    /// <returns>Success: connected. In progress: whether it will be isn't known yet. Anything else: it won't.</returns>
    public static SocketError Begin(IPAddress to, int port, ConnectSocket? unused, out ConnectSocket socket)
    {
        var isV4 = to.AddressFamily == AddressFamily.InterNetwork;
        socket = unused ?? Open(isV4);
        if (socket.Descriptor < 0)
            return LibC.LastError();
        var address = AddressOf(to, port, isV4);
        if (LibC.Connect(socket.Descriptor, &address, isV4 ? 16u : 28u) == 0)
            return SocketError.Success;
        var number = Marshal.GetLastPInvokeError();
        if (number == LibC.InProgress)
            return SocketError.InProgress;
        socket.Close();
        return LibC.ErrorOf(number);
    }

    /// <summary>Resets the connection without closing the socket, which can then be used for another: connecting to no address does both.</summary>
    public bool TryReset()
    {
        var nowhere = default(SocketAddress);
        return LibC.Connect(Descriptor, &nowhere, 16) == 0;
    }

    /// <summary>What became of an attempt of which the kernel says that it has ended.</summary>
    public SocketError Outcome()
    {
        var number = 0;
        var length = (uint)sizeof(int);
        if (LibC.GetOption(Descriptor, SolSocket, SocketErrorOption, &number, &length) != 0)
            return LibC.LastError();
        return number == 0 ? SocketError.Success : LibC.ErrorOf(number);
    }

    public void Close() => _ = LibC.Close(Descriptor);

    private static ConnectSocket Open(bool isV4)
    {
        var socket = new ConnectSocket(LibC.OpenSocket(isV4 ? FamilyV4 : FamilyV6, Stream | LibC.NonBlockingCloseOnExec, 0));
        if (socket.Descriptor < 0)
            return socket;
        var abort = new Linger { IsOn = 1 };
        _ = LibC.SetOption(socket.Descriptor, SolSocket, LingerOption, &abort, (uint)sizeof(Linger));
        return socket;
    }

    private static SocketAddress AddressOf(IPAddress to, int port, bool isV4)
    {
        var address = new SocketAddress { Family = isV4 ? (ushort)FamilyV4 : (ushort)FamilyV6, Port = (ushort)IPAddress.HostToNetworkOrder((short)port) };
        if (isV4)
        {
            to.TryWriteBytes(new Span<byte>(address.FromV4, 4), out _);
        }
        else
        {
            to.TryWriteBytes(new Span<byte>(address.FromV6, 16), out _);
            address.Scope = (uint)to.ScopeId;
        }

        return address;
    }

    /// <summary><c>struct linger</c>; on and without seconds, closing resets.</summary>
    private struct Linger
    {
        public int IsOn;
        public int Seconds;
    }

    /// <summary><c>struct sockaddr_in</c> and <c>struct sockaddr_in6</c> in one.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 28)]
    private struct SocketAddress
    {
        [FieldOffset(0)]
        public ushort Family;

        [FieldOffset(2)]
        public ushort Port;

        [FieldOffset(4)]
        public fixed byte FromV4[4];

        [FieldOffset(8)]
        public fixed byte FromV6[16];

        [FieldOffset(24)]
        public uint Scope;
    }
}
