using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VpcRouter.Monitors.Linux;

/// <summary>Blocks a thread until one of a few sockets has something, a time is over, or another thread wakes it. <see cref="Wake"/> is thread-safe.</summary>
internal sealed unsafe class PollWait : IDisposable
{
    private readonly SafeFileHandle _waker;

    public PollWait()
    {
        _waker = new SafeFileHandle(LibC.EventDescriptor(0, LibC.NonBlockingCloseOnExec), ownsHandle: true);
        if (_waker.IsInvalid)
            throw new SocketException((int)LibC.LastError());
    }

    public void Wake()
    {
        try
        {
            var one = 1UL;
            _ = LibC.Write(_waker, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    /// <param name="sockets">What to wait for.</param>
    /// <param name="limit">How long at most; <see langword="null"/> waits for ever.</param>
    /// <returns>Whether the network has given back a message on one of them.</returns>
    public bool Wait(ReadOnlySpan<SafeHandle> sockets, TimeSpan? limit)
    {
        Span<bool> held = stackalloc bool[sockets.Length + 1];
        var entries = stackalloc LibC.PollEntry[sockets.Length + 1];
        try
        {
            for (var i = 0; i <= sockets.Length; i++)
            {
                // Held, so that the number can't come to mean another file while the thread waits for it.
                var handle = i < sockets.Length ? sockets[i] : _waker;
                handle.DangerousAddRef(ref held[i]);
                entries[i] = new LibC.PollEntry { Descriptor = (int)handle.DangerousGetHandle(), Wanted = LibC.PollIn };
            }

            var time = TimeOf(limit ?? TimeSpan.Zero);
            _ = LibC.Poll(entries, (nuint)sockets.Length + 1, limit is null ? null : &time, 0);
            if ((entries[sockets.Length].Returned & LibC.PollIn) != 0)
            {
                var count = 0UL;
                _ = LibC.Read(_waker, &count, sizeof(ulong));
            }

            var given = 0;
            for (var i = 0; i < sockets.Length; i++)
                given |= entries[i].Returned & LibC.PollError;
            return given != 0;
        }
        finally
        {
            for (var i = 0; i <= sockets.Length; i++)
            {
                if (held[i])
                    (i < sockets.Length ? sockets[i] : _waker).DangerousRelease();
            }
        }
    }

    public void Dispose() => _waker.Dispose();

    /// <summary>A wait for room in a socket's send buffer.</summary>
    public static void WaitForRoom(SafeHandle socket, TimeSpan limit)
    {
        var held = false;
        try
        {
            socket.DangerousAddRef(ref held);
            var entry = new LibC.PollEntry { Descriptor = (int)socket.DangerousGetHandle(), Wanted = LibC.PollOut };
            var time = TimeOf(limit);
            _ = LibC.Poll(&entry, 1, &time, 0);
        }
        finally
        {
            if (held)
                socket.DangerousRelease();
        }
    }

    private static LibC.TimeSpec TimeOf(TimeSpan limit)
    {
        var ticks = Math.Max(0, limit.Ticks);
        return new() { Seconds = ticks / TimeSpan.TicksPerSecond, Nanoseconds = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
    }
}
