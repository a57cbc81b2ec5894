using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace VpcRouter.Benchmarks.Network;

/// <summary>A network interface whose far end is this program: what is sent to it can be read as IP packets, and the other way round (Linux). Not thread-safe.</summary>
internal sealed unsafe partial class TunDevice : IDisposable
{
    private const int ReadWriteNonBlockingCloseOnExec = 0x80802;
    private const nuint SetInterface = 0x400454ca;
    private const short LayerThreeWithoutHeader = 0x1001;
    private const int NameSize = 16;
    private const int FlagsAt = 16;
    private const short Readable = 1;
    private readonly int _descriptor;

    private TunDevice(int descriptor) => _descriptor = descriptor;

    /// <summary>Makes an interface in the namespace of the thread that calls.</summary>
    /// <exception cref="Win32Exception">It can't be had here.</exception>
    public static TunDevice Open(string name)
    {
        var descriptor = OpenFile("/dev/net/tun", ReadWriteNonBlockingCloseOnExec);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "/dev/net/tun can't be opened");
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        Encoding.ASCII.GetBytes(name, request[..(NameSize - 1)]);
        BitConverter.TryWriteBytes(request[FlagsAt..], LayerThreeWithoutHeader);
        fixed (byte* start = request)
        {
            if (Control(descriptor, SetInterface, start) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                _ = Close(descriptor);
                throw new Win32Exception(error, "A tun interface can't be made");
            }
        }

        return new TunDevice(descriptor);
    }

    /// <summary>Waits until there is something to read, for so long at most.</summary>
    public void Wait(TimeSpan limit)
    {
        var entry = new PollEntry { Descriptor = _descriptor, Wanted = Readable };
        _ = Poll(&entry, 1, (int)Math.Ceiling(limit.TotalMilliseconds));
    }

    /// <returns>How long the packet is; 0 when there is none.</returns>
    public int Read(Span<byte> packet)
    {
        fixed (byte* start = packet)
            return (int)Math.Max(0, ReadFile(_descriptor, start, (nuint)packet.Length));
    }

    public void Write(ReadOnlySpan<byte> packet)
    {
        fixed (byte* start = packet)
            _ = WriteFile(_descriptor, start, (nuint)packet.Length);
    }

    public void Dispose() => _ = Close(_descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteFile(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
