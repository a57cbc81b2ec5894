using System.ComponentModel;
using System.Net;

namespace VpcRouter.Benchmarks.Network;

/// <summary>
/// A line to 10.99.0.0/16, where every address is a host that answers pings and takes connections, save for what the faults do. Packets
/// take the kernel's whole way out and in again; the kernel's own network emulator, which not every kernel has, isn't needed.
/// </summary>
internal sealed class FaultyLine : IDisposable
{
    private const int LongestPacket = 65535;

    /// <summary>So long that nothing is lost but what the faults take, even when this program gets no processor for a while.</summary>
    private const int LongestQueue = 100_000;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);
    private readonly TunDevice _device;
    private readonly ILineFaults _faults;
    private readonly Thread _thread;
    private readonly PriorityQueue<byte[], long> _delayed = new();
    private volatile bool _ended;

    private FaultyLine(TunDevice device, ILineFaults faults)
    {
        _device = device;
        _faults = faults;
        _thread = new Thread(Relay) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Lays a line in the namespace of the thread that calls, which must be one of its own (<see cref="NamespaceThread"/>).</summary>
    /// <exception cref="Win32Exception">There is no tun device here.</exception>
    public static FaultyLine Lay(ILineFaults faults)
    {
        var device = TunDevice.Open("line");
        NamespaceThread.Ip($"link set line up mtu {LongestPacket} txqueuelen {LongestQueue}");
        NamespaceThread.Ip("addr add 10.99.0.1/16 dev line");
        return new FaultyLine(device, faults);
    }

    public static IEnumerable<IPAddress> Hosts(int count) => Enumerable.Range(256, count).Select(i => new IPAddress([10, 99, (byte)(i >> 8), (byte)i]));

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        _device.Dispose();
    }

    private void Relay()
    {
        var packet = new byte[LongestPacket];
        while (!_ended)
        {
            _device.Wait(NextWait());
            while (_device.Read(packet) is var length and > 0)
                Pass(packet.AsMemory(0, length));
            while (_delayed.TryPeek(out _, out var due) && due <= TimeProvider.System.GetTimestamp())
                _device.Write(_delayed.Dequeue());
        }
    }

    private TimeSpan NextWait()
    {
        if (!_delayed.TryPeek(out _, out var due))
            return Idle;
        var wait = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Idle ? wait : Idle;
    }

    private void Pass(ReadOnlyMemory<byte> packet)
    {
        if (!LinePacket.IsProbe(packet.Span))
            return;
        foreach (var (answer, delay) in _faults.Pass(LinePacket.Destination(packet.Span), packet))
        {
            if (delay <= TimeSpan.Zero)
                _device.Write(answer);
            else
                _delayed.Enqueue(answer, TimeProvider.System.GetTimestamp() + (long)(delay.TotalSeconds * TimeProvider.System.TimestampFrequency));
        }
    }
}
