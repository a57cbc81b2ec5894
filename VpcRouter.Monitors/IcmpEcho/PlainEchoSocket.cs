using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>An ICMP socket by what .NET has on every platform, one message a call.</summary>
internal sealed class PlainEchoSocket : IEchoSocket
{
    private const int ReceiveBuffer = 4 << 20;
    private static readonly TimeSpan FailurePause = TimeSpan.FromMilliseconds(100);
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly EndPoint _any;
    private readonly ConcurrentQueue<(byte[] Message, IPAddress From)> _received = new();
    private readonly CancellationTokenSource _closing = new();
    private int _failure;

    public PlainEchoSocket(Socket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _any = new IPEndPoint(Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        // A sweep's replies come in one burst; the system caps this at its own limit.
        socket.ReceiveBufferSize = ReceiveBuffer;
        // A full send buffer must fail the send, not stall the probes of everybody else.
        socket.Blocking = false;
        socket.Bind(_any);
        _ = ReceiveAllAsync(_closing.Token);
    }

    public AddressFamily Family => _socket.AddressFamily;

    public bool KernelSetsIdentifier => _socket.SocketType == SocketType.Dgram && OperatingSystem.IsLinux();

    public bool DeliversIPv4Header => Family == AddressFamily.InterNetwork && (_socket.SocketType == SocketType.Raw || !OperatingSystem.IsLinux());

    public SafeHandle? Pollable => null;

    public Action? Arrived { get; set; }

    public void PassOnly(ushort identifier)
    {
    }

    public int Send(EchoBatch batch, int first, out SocketError error)
    {
        error = SocketError.Success;
        for (var i = first; i < batch.Count; i++)
        {
            try
            {
                _socket.SendTo(batch.Message(i), SocketFlags.None, new IPEndPoint(batch.Addresses[i].ToIPAddress(Family), 0));
            }
            catch (SocketException e)
            {
                error = e.SocketErrorCode;
                return i - first;
            }
        }

        return batch.Count - first;
    }

    public void Receive(EchoBatch batch, out SocketError error)
    {
        error = (SocketError)Interlocked.Exchange(ref _failure, (int)SocketError.Success);
        batch.Count = 0;
        while (batch.Count < batch.Capacity && _received.TryDequeue(out var received))
        {
            received.Message.CopyTo(batch[batch.Count]);
            batch.Lengths[batch.Count] = received.Message.Length;
            batch.Addresses[batch.Count++] = RawAddress.Of(received.From);
        }
    }

    public void ReceiveReturned(EchoBatch batch) => batch.Count = 0;

    public void WaitForRoom() => _socket.Poll(TimeSpan.FromMilliseconds(1), SelectMode.SelectWrite);

    public void Dispose()
    {
        _closing.Cancel();
        _socket.Dispose();
    }

    private async Task ReceiveAllAsync(CancellationToken closing)
    {
        var buffer = new byte[EchoPacket.ReplyRoom];
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _any, closing).ConfigureAwait(false);
                _received.Enqueue((buffer[..received.ReceivedBytes], ((IPEndPoint)received.RemoteEndPoint).Address));
            }
            catch (Exception) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
            {
                // Too long to be a reply of ours.
                continue;
            }
            catch (SocketException e)
            {
                Interlocked.Exchange(ref _failure, (int)e.SocketErrorCode);
                Arrived?.Invoke();
                await Task.Delay(FailurePause, _time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            Arrived?.Invoke();
        }
    }
}
