using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>
/// Sends echo requests and matches the replies, any number in flight, over one socket an address family. Thread-safe.
/// A reply counts only when it carries this engine's token, answers a probe still waiting, and comes from the host probed.
/// </summary>
internal sealed partial class EchoEngine : IAsyncDisposable
{
    private static readonly TimeSpan ReceivePause = TimeSpan.FromMilliseconds(100);
    private readonly Func<AddressFamily, IEchoSocket> _open;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ulong _token;
    private readonly ushort _identifier;
    private readonly ConcurrentDictionary<uint, Waiting> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<AddressFamily, IEchoSocket> _sockets = [];
    private readonly List<Task> _receivers = [];
    private uint _lastNumber;
    private bool _disposed;

    /// <summary>Makes the engine and opens the IPv4 socket, so that a missing permission shows at once; IPv6 is opened for the first IPv6 host.</summary>
    public EchoEngine(Func<AddressFamily, IEchoSocket> open, TimeProvider time, ILogger logger)
    {
        _open = open;
        _time = time;
        _logger = logger;
        Span<byte> random = stackalloc byte[sizeof(ulong) + sizeof(ushort)];
        RandomNumberGenerator.Fill(random);
        _token = BitConverter.ToUInt64(random);
        _identifier = BitConverter.ToUInt16(random[sizeof(ulong)..]);
        SocketFor(AddressFamily.InterNetwork);
    }

    /// <summary>Sends one request and waits for its reply.</summary>
    /// <returns>The round-trip time.</returns>
    /// <exception cref="SocketException">The request can't be sent.</exception>
    /// <exception cref="OperationCanceledException">The deadline passed first.</exception>
    public async ValueTask<TimeSpan> PingAsync(IPAddress host, CancellationToken deadline)
    {
        var socket = SocketFor(host.AddressFamily);
        var number = Interlocked.Increment(ref _lastNumber);
        var waiting = new Waiting(host, _time.GetTimestamp());
        _waiting[number] = waiting;
        try
        {
            Send(socket, host, number);
            await using (deadline.UnsafeRegister(static (state, token) => ((Waiting)state!).Done.TrySetCanceled(token), waiting).ConfigureAwait(false))
                return await waiting.Done.Task.ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] receivers;
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            receivers = [.. _receivers];
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(receivers).ConfigureAwait(false);
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _stopping.Dispose();
    }

    private void Send(IEchoSocket socket, IPAddress host, uint number)
    {
        Span<byte> packet = stackalloc byte[EchoPacket.Size];
        EchoPacket.WriteRequest(packet, socket.Family, _identifier, _token, number);
        socket.Send(packet, host);
    }

    private IEchoSocket SocketFor(AddressFamily family)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_sockets.TryGetValue(family, out var socket))
                return socket;
            socket = _open(family);
            _sockets.Add(family, socket);
            _receivers.Add(ReceiveAsync(socket, _stopping.Token));
            return socket;
        }
    }

    private async Task ReceiveAsync(IEchoSocket socket, CancellationToken stopping)
    {
        // Room for the longest IPv4 header; anything cut off is too long to be a reply of ours.
        var buffer = new byte[60 + EchoPacket.Size + 1];
        var identifier = socket.KernelSetsIdentifier ? (ushort?)null : _identifier;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var (length, from) = await socket.ReceiveAsync(buffer, stopping).ConfigureAwait(false);
                if (EchoPacket.TryReadReply(buffer.AsSpan(0, length), socket.Family, identifier, socket.DeliversIPv4Header, _token, out var number))
                    Complete(number, from);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                // One bad receive must not leave all hosts without answers; a lasting fault must not spin.
                LogReceiveFailed(e, socket.Family);
                await Task.Delay(ReceivePause, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Complete(uint number, IPAddress from)
    {
        if (_waiting.TryGetValue(number, out var waiting) && waiting.Host.Equals(from))
            waiting.Done.TrySetResult(_time.GetElapsedTime(waiting.SentAt));
    }

    private sealed record Waiting(IPAddress Host, long SentAt)
    {
        public TaskCompletionSource<TimeSpan> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
