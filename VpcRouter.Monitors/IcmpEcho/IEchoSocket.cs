using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>A socket that carries ICMP messages of one address family, many at a time. Nothing here waits. Used from one thread.</summary>
internal interface IEchoSocket : IDisposable
{
    AddressFamily Family { get; }

    /// <summary>Whether the kernel puts its own identifier into requests and sorts replies by it.</summary>
    bool KernelSetsIdentifier { get; }

    /// <summary>Whether messages come with an IPv4 header before them.</summary>
    bool DeliversIPv4Header { get; }

    /// <summary>What to poll for messages; <see langword="null"/> when the socket calls <see cref="Arrived"/> instead.</summary>
    SafeHandle? Pollable { get; }

    /// <summary>To be called, from any thread, when there may be something to receive.</summary>
    Action? Arrived { get; set; }

    /// <summary>Asks that messages with other identifiers be kept back, as far as the platform can.</summary>
    void PassOnly(ushort identifier);

    /// <summary>Sends messages in order, beginning with one.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="first">The one to begin with.</param>
    /// <param name="error">Why the message after the last one sent was not; it may be what became of an earlier message, so try again before you believe it.</param>
    /// <returns>How many were sent.</returns>
    int Send(EchoBatch batch, int first, out SocketError error);

    /// <summary>Receives into a batch, whose old messages are dropped.</summary>
    /// <param name="batch">Gets the messages; fewer than it has room for means that there are no more.</param>
    /// <param name="error">Why nothing was received; <see cref="SocketError.Success"/> also when there was simply nothing.</param>
    void Receive(EchoBatch batch, out SocketError error);

    /// <summary>Receives requests that the network gave back, each with its error.</summary>
    void ReceiveReturned(EchoBatch batch);

    /// <summary>Lets a moment pass for the send buffer to empty.</summary>
    void WaitForRoom();
}
