using System.Net.Sockets;
using System.Runtime.InteropServices;
using VpcRouter.Monitors.Linux;

namespace VpcRouter.Monitors.IcmpEcho.Linux;

/// <summary>An ICMP socket that sends and receives many messages by one system call, and hears what the network says of them.</summary>
internal sealed unsafe class LinuxEchoSocket : IEchoSocket
{
    private const int ControlHeader = 16;
    private static readonly TimeSpan RoomWait = TimeSpan.FromMilliseconds(1);
    private readonly Socket _socket;
    private readonly bool _sendsHeader;
    private readonly List<MessageVector> _vectors = [];

    public LinuxEchoSocket(Socket socket)
    {
        _socket = socket;
        SocketOptions.WidenBuffers(socket);
        if (socket.SocketType == SocketType.Raw)
            SocketOptions.PassRepliesOnly(socket);
        _sendsHeader = socket.SocketType == SocketType.Raw && Family == AddressFamily.InterNetwork;
        if (_sendsHeader)
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, true);
        else
            SocketOptions.NeverFragmentRequests(socket);
        SocketOptions.ReturnUndelivered(socket);
    }

    public AddressFamily Family => _socket.AddressFamily;

    public bool KernelSetsIdentifier => _socket.SocketType == SocketType.Dgram;

    public bool DeliversIPv4Header => _socket.SocketType == SocketType.Raw && Family == AddressFamily.InterNetwork;

    public SafeHandle Pollable => _socket.SafeHandle;

    public Action? Arrived { get; set; }

    public void PassOnly(ushort identifier)
    {
        if (!KernelSetsIdentifier)
            SocketOptions.PassIdentifierOnly(_socket, identifier);
    }

    public int Send(EchoBatch batch, int first, out SocketError error)
    {
        var vector = VectorOf(batch, withHeader: _sendsHeader);
        vector.PrepareToSend(first);
        var sent = LibC.SendMany(Pollable, vector.Headers + first, (uint)(batch.Count - first), LibC.MessageDontWait);
        error = sent < 0 ? LibC.LastError() : SocketError.Success;
        return Math.Max(0, sent);
    }

    public void Receive(EchoBatch batch, out SocketError error) => error = Receive(VectorOf(batch), LibC.MessageDontWait);

    public void ReceiveReturned(EchoBatch batch)
    {
        var vector = VectorOf(batch, withControl: true);
        if (Receive(vector, LibC.MessageDontWait | LibC.MessageErrorQueue) != SocketError.Success)
            batch.Count = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Errors[i] = ReasonIn(vector.Headers[i]);
            if (_sendsHeader)
                batch.DropStart(i, IPv4Header.Size);
        }
    }

    public void WaitForRoom() => PollWait.WaitForRoom(Pollable, RoomWait);

    public void Dispose()
    {
        _socket.Dispose();
        foreach (var vector in _vectors)
            vector.Dispose();
    }

    private SocketError Receive(MessageVector vector, int flags)
    {
        vector.PrepareToReceive();
        var count = LibC.ReceiveMany(Pollable, vector.Headers, (uint)vector.Batch.Capacity, flags, 0);
        var error = count < 0 ? LibC.LastError() : SocketError.Success;
        vector.Received(Math.Max(0, count));
        return error is SocketError.WouldBlock or SocketError.Interrupted ? SocketError.Success : error;
    }

    /// <summary>The error number in the first control message, a <c>struct sock_extended_err</c>; the socket asks for no other kind.</summary>
    private static SocketError ReasonIn(in LibC.MessageHeader header) =>
        header.ControlLength >= ControlHeader + sizeof(int) ? LibC.ErrorOf(*(int*)(header.Control + ControlHeader)) : SocketError.SocketError;

    private MessageVector VectorOf(EchoBatch batch, bool withControl = false, bool withHeader = false)
    {
        foreach (var known in _vectors)
        {
            if (ReferenceEquals(known.Batch, batch))
                return known;
        }

        var vector = new MessageVector(Family, batch, withControl, withHeader);
        _vectors.Add(vector);
        return vector;
    }
}
