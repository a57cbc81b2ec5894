using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>A socket that carries ICMP messages of one address family.</summary>
internal interface IEchoSocket : IDisposable
{
    AddressFamily Family { get; }

    /// <summary>Whether the kernel puts its own identifier into requests and sorts replies by it.</summary>
    bool KernelSetsIdentifier { get; }

    /// <summary>Whether messages come with an IPv4 header before them.</summary>
    bool DeliversIPv4Header { get; }

    /// <summary>Sends without waiting.</summary>
    /// <exception cref="SocketException">It can't be sent.</exception>
    void Send(ReadOnlySpan<byte> message, IPAddress host);

    /// <summary>Receives one message.</summary>
    ValueTask<(int Length, IPAddress From)> ReceiveAsync(Memory<byte> buffer, CancellationToken stopping);
}
