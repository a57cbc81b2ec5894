using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

/// <summary>A socket whose network is the test.</summary>
internal sealed class FakeEchoSocket(AddressFamily family = AddressFamily.InterNetwork) : IEchoSocket
{
    private readonly ConcurrentQueue<(byte[] Message, IPAddress From)> _incoming = new();
    private readonly Queue<(byte[] Message, SocketError Error)> _returned = new();
    private SocketError _pending;

    public Channel<byte[]> Sent { get; } = Channel.CreateUnbounded<byte[]>();

    public AddressFamily Family { get; } = family;

    public bool KernelSetsIdentifier => false;

    public bool DeliversIPv4Header => false;

    public SafeHandle? Pollable => null;

    public Action? Arrived { get; set; }

    public ushort? PassedIdentifier { get; private set; }

    public bool IsDisposed { get; private set; }

    public int Waits { get; private set; }

    /// <summary>What sending to a host says.</summary>
    public Func<IPAddress, SocketError> SendError { get; set; } = _ => SocketError.Success;

    /// <summary>What every receive says.</summary>
    public SocketError ReceiveError { get; set; }

    /// <summary>What happens just after requests that came back were read, once each.</summary>
    public Queue<Action> ReturnedOnceRead { get; } = new();

    public void PassOnly(ushort identifier) => PassedIdentifier = identifier;

    public int Send(EchoBatch batch, int first, out SocketError error)
    {
        error = TakePending();
        if (error != SocketError.Success)
            return 0;
        for (var i = first; i < batch.Count; i++)
        {
            error = SendError(batch.Addresses[i].ToIPAddress(Family));
            if (error != SocketError.Success)
            {
                // As the kernel has it: after a part was sent, the error shows at the next try.
                error = i > first ? SocketError.Success : error;
                return i - first;
            }

            Sent.Writer.TryWrite(batch.Message(i).ToArray());
        }

        return batch.Count - first;
    }

    public void Receive(EchoBatch batch, out SocketError error)
    {
        batch.Count = 0;
        error = ReceiveError == SocketError.Success ? TakePending() : ReceiveError;
        while (error == SocketError.Success && batch.Count < batch.Capacity && _incoming.TryDequeue(out var message))
        {
            message.Message.CopyTo(batch[batch.Count]);
            batch.Lengths[batch.Count] = message.Message.Length;
            batch.Addresses[batch.Count++] = RawAddress.Of(message.From);
        }
    }

    public void ReceiveReturned(EchoBatch batch)
    {
        batch.Count = 0;
        while (batch.Count < batch.Capacity && _returned.TryDequeue(out var message))
        {
            message.Message.CopyTo(batch[batch.Count]);
            batch.Lengths[batch.Count] = message.Message.Length;
            batch.Errors[batch.Count++] = message.Error;
        }

        if (batch.Count > 0 && ReturnedOnceRead.TryDequeue(out var happens))
            happens();
    }

    public void WaitForRoom() => Waits++;

    public void Deliver(byte[] message, IPAddress from)
    {
        _incoming.Enqueue((message, from));
        Arrived?.Invoke();
    }

    /// <summary>Gives a request back, and has the next call fail with its error whatever it is about, as a kernel does.</summary>
    public void Return(byte[] request, SocketError error)
    {
        _returned.Enqueue((request, error));
        _pending = error;
    }

    public void Dispose() => IsDisposed = true;

    private SocketError TakePending()
    {
        var pending = _pending;
        _pending = SocketError.Success;
        return pending;
    }
}
