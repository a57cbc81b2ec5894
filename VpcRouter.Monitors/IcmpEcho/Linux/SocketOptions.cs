using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VpcRouter.Monitors.IcmpEcho.Linux;

/// <summary>What Linux's ICMP sockets can be told that .NET has no word for.</summary>
internal static unsafe class SocketOptions
{
    /// <summary>A few thousand replies, in case the process is stopped just after a burst of requests.</summary>
    private const int Buffer = 8 << 20;

    private const int SolSocket = 1;
    private const int AttachFilter = 26;
    private const int SendBufferForce = 32;
    private const int ReceiveBufferForce = 33;
    private const int SolIPv4 = 0;
    private const int ReceiveErrorsIPv4 = 11;
    private const int MtuDiscovery = 10;
    private const int NeverFragment = 3;
    private const int SolIPv6 = 41;
    private const int ReceiveErrorsIPv6 = 25;
    private const int SolRaw = 255;
    private const int IcmpFilter = 1;
    private const int SolIcmpV6 = 58;
    private const int IcmpV6Filter = 1;
    private const int ReplyV6 = 129;

    /// <summary>Beyond the system's limit where that is permitted, else up to it.</summary>
    public static void WidenBuffers(Socket socket)
    {
        socket.ReceiveBufferSize = Buffer;
        socket.SendBufferSize = Buffer;
        TrySet(socket, SolSocket, ReceiveBufferForce, BitConverter.GetBytes(Buffer));
        TrySet(socket, SolSocket, SendBufferForce, BitConverter.GetBytes(Buffer));
    }

    /// <summary>A raw socket sees all of the machine's ICMP, on loopback its own requests too; the kernel is to keep back what isn't a reply.</summary>
    public static void PassRepliesOnly(Socket socket)
    {
        // Both masks name what is blocked, by message type: 32 types as one native integer, or 256 as eight.
        if (socket.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.SetRawSocketOption(SolRaw, IcmpFilter, BitConverter.GetBytes(~1u));
            return;
        }

        var blocked = Enumerable.Repeat(uint.MaxValue, 8).ToArray();
        blocked[ReplyV6 >> 5] &= ~(1u << (ReplyV6 & 31));
        socket.SetRawSocketOption(SolIcmpV6, IcmpV6Filter, MemoryMarshal.AsBytes(blocked.AsSpan()));
    }

    /// <summary>Has the kernel drop replies to other programs, so that they neither wake this one nor fill its buffer.</summary>
    public static void PassIdentifierOnly(Socket socket, ushort identifier)
    {
        // Classic BPF: load the identifier (after the IP header in IPv4), compare, take all or nothing.
        Span<FilterStep> program = socket.AddressFamily == AddressFamily.InterNetwork
            ? [new(0xb1, 0, 0, 0), new(0x48, 0, 0, 4), new(0x15, 0, 1, identifier), new(0x06, 0, 0, uint.MaxValue), new(0x06, 0, 0, 0)]
            : [new(0x28, 0, 0, 4), new(0x15, 0, 1, identifier), new(0x06, 0, 0, uint.MaxValue), new(0x06, 0, 0, 0)];
        fixed (FilterStep* steps = program)
        {
            var filter = new Filter { Length = (ushort)program.Length, Steps = steps };
            TrySet(socket, SolSocket, AttachFilter, new ReadOnlySpan<byte>(&filter, sizeof(Filter)));
        }
    }

    /// <summary>Spares the kernel the number that fragments would need: a twentieth of what a request costs.</summary>
    public static void NeverFragmentRequests(Socket socket)
    {
        if (socket.AddressFamily == AddressFamily.InterNetwork)
            TrySet(socket, SolIPv4, MtuDiscovery, BitConverter.GetBytes(NeverFragment));
    }

    /// <summary>Has "unreachable" and the like put into a queue with the request that they are about, instead of dropped.</summary>
    public static void ReturnUndelivered(Socket socket)
    {
        var on = BitConverter.GetBytes(1);
        if (socket.AddressFamily == AddressFamily.InterNetwork)
            socket.SetRawSocketOption(SolIPv4, ReceiveErrorsIPv4, on);
        else
            socket.SetRawSocketOption(SolIPv6, ReceiveErrorsIPv6, on);
    }

    private static void TrySet(Socket socket, int level, int name, ReadOnlySpan<byte> value)
    {
        try
        {
            socket.SetRawSocketOption(level, name, value);
        }
        catch (SocketException)
        {
            // Not permitted, or too old a kernel: it's only about cost.
        }
    }

    /// <summary><c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterStep(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Filter
    {
        public ushort Length;
        public FilterStep* Steps;
    }
}
