using System.Net.Sockets;
using VpcRouter.Probing;

namespace VpcRouter.Monitors.Probing;

/// <summary>Tells the host's failures from the prober's own.</summary>
internal static class SocketTrouble
{
    public static ProbeResult Classify(SocketException error) => Classify(error.SocketErrorCode);

    /// <summary>
    /// What a socket error says of the host. Only errors that the host or the way to it causes count against it; all others
    /// (no descriptors, no source ports, no permission, no buffers, own link down) would fail every host at once for a fault of this machine.
    /// </summary>
    public static ProbeResult Classify(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ProbeResult.Dead("connection refused"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted => ProbeResult.Dead("connection reset"),
        SocketError.HostUnreachable or SocketError.HostDown => ProbeResult.Dead("host unreachable"),
        SocketError.NetworkUnreachable => ProbeResult.Dead("network unreachable"),
        SocketError.TimedOut => ProbeResult.Dead("no answer"),
        // How Linux hands on an ICMP "protocol unreachable".
        SocketError.ProtocolOption => ProbeResult.Dead("protocol unreachable"),
        SocketError.AddressNotAvailable => ProbeResult.Inconclusive("this machine has no free source port or address"),
        SocketError.TooManyOpenSockets => ProbeResult.Inconclusive("this machine has too many open files"),
        SocketError.AccessDenied => ProbeResult.Inconclusive("this machine does not permit the probe"),
        SocketError.NoBufferSpaceAvailable => ProbeResult.Inconclusive("this machine's send buffer is full"),
        _ => ProbeResult.Inconclusive(new SocketException((int)error).Message),
    };
}
