using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

/// <summary>The real socket, but requests to some hosts get lost on their way: every loopback address answers, so the dead ones have to be made.</summary>
internal sealed class DeafEchoSocket(IEchoSocket real) : IEchoSocket
{
    public ConcurrentDictionary<string, bool> Dead { get; } = new();

    public AddressFamily Family => real.Family;

    public bool KernelSetsIdentifier => real.KernelSetsIdentifier;

    public bool DeliversIPv4Header => real.DeliversIPv4Header;

    public void Send(ReadOnlySpan<byte> message, IPAddress host)
    {
        if (!Dead.ContainsKey(host.ToString()))
            real.Send(message, host);
    }

    public ValueTask<(int Length, IPAddress From)> ReceiveAsync(Memory<byte> buffer, CancellationToken stopping) => real.ReceiveAsync(buffer, stopping);

    public void Dispose() => real.Dispose();
}
