using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

/// <summary>A socket whose network is the test.</summary>
internal sealed class FakeEchoSocket(AddressFamily family = AddressFamily.InterNetwork) : IEchoSocket
{
    private readonly Channel<(byte[]? Message, IPAddress From)> _incoming = Channel.CreateUnbounded<(byte[]? Message, IPAddress From)>();

    public Channel<byte[]> Sent { get; } = Channel.CreateUnbounded<byte[]>();

    public AddressFamily Family { get; } = family;

    public bool KernelSetsIdentifier => false;

    public bool DeliversIPv4Header => false;

    public bool IsDisposed { get; private set; }

    public SocketError SendError { get; set; }

    public void Send(ReadOnlySpan<byte> message, IPAddress host)
    {
        if (SendError != SocketError.Success)
            throw new SocketException((int)SendError);
        Sent.Writer.TryWrite(message.ToArray());
    }

    public void Deliver(byte[] message, IPAddress from) => _incoming.Writer.TryWrite((message, from));

    public void FailNextReceive() => _incoming.Writer.TryWrite((null, IPAddress.None));

    public async ValueTask<(int Length, IPAddress From)> ReceiveAsync(Memory<byte> buffer, CancellationToken stopping)
    {
        var (message, from) = await _incoming.Reader.ReadAsync(stopping);
        if (message is null)
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        message.CopyTo(buffer);
        return (message.Length, from);
    }

    public void Dispose() => IsDisposed = true;
}
