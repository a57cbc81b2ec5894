using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VpcRouter.Monitors.Linux;

namespace VpcRouter.Monitors.Tcp.Linux;

/// <summary>Says which of many sockets have ended their attempt to connect, at a cost that doesn't grow with those that haven't.</summary>
internal sealed unsafe class ConnectQueue : IDisposable
{
    private const int Add = 1;
    private const uint WritableOnce = 4 | (1u << 30);
    private const uint Failed = 8 | 16;

    /// <summary>A <c>struct epoll_event</c> is packed on x86-64 and nowhere else.</summary>
    private static readonly int TagAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private static readonly int EventSize = TagAt + sizeof(ulong);
    private readonly byte[] _events;

    public ConnectQueue(int mostAtOnce) => _events = new byte[mostAtOnce * EventSize];

    /// <summary>Can be polled: readable when an attempt has ended.</summary>
    public SafeFileHandle Pollable { get; } = LibC.OpenQueue();

    /// <summary>Begins to watch a socket until its attempt has ended or it is closed.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="tag">What <see cref="Read"/> is to say of it.</param>
    public SocketError Watch(ConnectSocket socket, int tag)
    {
        var registration = stackalloc byte[EventSize];
        *(uint*)registration = WritableOnce;
        *(ulong*)(registration + TagAt) = (uint)tag;
        return LibC.ControlQueue(Pollable, Add, socket.Descriptor, registration) == 0 ? SocketError.Success : LibC.LastError();
    }

    /// <summary>Reads which attempts have ended, without waiting.</summary>
    /// <param name="ended">Gets their tags, and whether they failed.</param>
    /// <returns>How many were written.</returns>
    public int Read(Span<(int Tag, bool Failed)> ended)
    {
        fixed (byte* events = _events)
        {
            var count = LibC.ReadQueue(Pollable, events, Math.Min(ended.Length, _events.Length / EventSize), 0);
            for (var i = 0; i < count; i++)
            {
                var one = events + (i * EventSize);
                ended[i] = ((int)*(ulong*)(one + TagAt), (*(uint*)one & Failed) != 0);
            }

            return Math.Max(0, count);
        }
    }

    public void Dispose() => Pollable.Dispose();
}
