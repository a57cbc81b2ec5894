using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VpcRouter.Monitors.Linux;

/// <summary>The system calls that .NET has no batched, waiting or cheap form of. Layouts are those of 64-bit Linux, which glibc and musl share.</summary>
internal static unsafe partial class LibC
{
    public const int MessageDontWait = 0x40;
    public const int MessageErrorQueue = 0x2000;
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;
    public const int NonBlockingCloseOnExec = 0x80800;
    public const int InProgress = 115;

    private const int CloseOnExec = 0x80000;
    private const int OpenFiles = 7;
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMany(SafeHandle socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport(Name, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(SafeHandle socket, MessageHeader* messages, uint count, int flags, nint timeout);

    [LibraryImport(Name, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, TimeSpec* limit, nint signals);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint start, int flags);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle descriptor, ulong* value, nuint size);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle descriptor, ulong* value, nuint size);

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport(Name, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, void* address, uint length);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlQueue(SafeHandle queue, int operation, int descriptor, void* registration);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int ReadQueue(SafeHandle queue, void* events, int count, int milliseconds);

    /// <summary>How many files the process may have open.</summary>
    public static int OpenFilesLimit()
    {
        var limits = stackalloc ulong[2];
        return GetLimit(OpenFiles, limits) == 0 && limits[0] < int.MaxValue ? (int)limits[0] : int.MaxValue;
    }

    /// <summary>Opens a queue of events (<c>epoll</c>), which can itself be polled.</summary>
    /// <exception cref="SocketException">The process has too many open files.</exception>
    public static SafeFileHandle OpenQueue()
    {
        var queue = new SafeFileHandle(CreateQueue(CloseOnExec), ownsHandle: true);
        return queue.IsInvalid ? throw new SocketException((int)LastError()) : queue;
    }

    /// <summary>What the last failed call says, in .NET's words.</summary>
    public static SocketError LastError() => ErrorOf(Marshal.GetLastPInvokeError());

    /// <summary>Linux's error numbers, those that sockets for ICMP and TCP can give; the same on every architecture that .NET runs on.</summary>
    public static SocketError ErrorOf(int number) => number switch
    {
        1 or 13 => SocketError.AccessDenied,
        4 => SocketError.Interrupted,
        11 => SocketError.WouldBlock,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        22 => SocketError.InvalidArgument,
        23 or 24 => SocketError.TooManyOpenSockets,
        71 or 92 => SocketError.ProtocolOption,
        90 => SocketError.MessageSize,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };

    [LibraryImport(Name, EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, ulong* limits);

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateQueue(int flags);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Segment
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary><c>struct mmsghdr</c>, whose first 56 bytes are a <c>struct msghdr</c> that ends in padding.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct MessageHeader
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public Segment* Segments;

        [FieldOffset(24)]
        public nuint SegmentCount;

        [FieldOffset(32)]
        public byte* Control;

        [FieldOffset(40)]
        public nuint ControlLength;

        [FieldOffset(48)]
        public int Flags;

        /// <summary>How many bytes were sent or received.</summary>
        [FieldOffset(56)]
        public uint Length;
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
