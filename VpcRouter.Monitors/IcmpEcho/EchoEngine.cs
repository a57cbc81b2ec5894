using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VpcRouter.Monitors.Linux;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>
/// Sends echo requests and matches the replies over one socket an address family, and keeps nothing for a probe: the reply says itself
/// which it answers. It counts only when it carries this engine's token and comes from the host probed.
/// </summary>
internal sealed partial class EchoEngine : IProbeEngine
{
    /// <summary>How often a full send buffer is given a moment before probes are given up.</summary>
    private const int RoomWaits = 3;

    /// <summary>How often a request is tried whose sending fails while others come back.</summary>
    private const int MostTries = 16;

    /// <summary>A socket that fails for ever must be made anew, which ending the monitor brings about.</summary>
    private const int MostFailedReceives = 100;

    /// <summary>What others send must not keep the loop from its work.</summary>
    private const int MostReceivesAtOnce = 64;

    private readonly Func<AddressFamily, IEchoSocket> _open;
    private readonly ILogger _logger;
    private readonly ulong _token;
    private readonly ushort _identifier;
    private readonly TimedSignal _signal;
    private readonly PollWait? _poll;
    private readonly List<EchoLane> _lanes = [];
    private readonly Queue<ProbeCompletion> _completed = new();
    private SafeHandle[] _pollable = [];
    private RawAddress[] _targets = [];

    /// <summary>Makes the engine and opens the IPv4 socket, so that a missing permission shows at once; IPv6 is opened for the first IPv6 host.</summary>
    public EchoEngine(Func<AddressFamily, IEchoSocket> open, TimeProvider time, ILogger logger)
    {
        _open = open;
        _logger = logger;
        _signal = new TimedSignal(time);
        Span<byte> random = stackalloc byte[sizeof(ulong) + sizeof(ushort)];
        RandomNumberGenerator.Fill(random);
        _token = BitConverter.ToUInt64(random);
        _identifier = BitConverter.ToUInt16(random[sizeof(ulong)..]);
        _poll = OpenLane(AddressFamily.InterNetwork).Socket.Pollable is null ? null : new PollWait();
    }

    public bool TakesCancellations => false;

    public void Send(ReadOnlySpan<ProbeRequest> probes)
    {
        foreach (ref readonly var probe in probes)
        {
            if (LaneFor(probe) is not { } lane)
                continue;
            if (probe.Host >= _targets.Length)
                Array.Resize(ref _targets, Math.Max(probe.Host + 1, _targets.Length * 2));
            _targets[probe.Host] = RawAddress.Of(probe.Address);
            var batch = lane.Outgoing;
            EchoPacket.WriteRequest(batch[batch.Count], lane.Socket.Family, _identifier, _token, probe.Number, probe.Host);
            batch.Lengths[batch.Count] = EchoPacket.Size;
            batch.Addresses[batch.Count] = _targets[probe.Host];
            lane.Probes[batch.Count] = (probe.Host, probe.Number);
            if (++batch.Count == batch.Capacity)
                Flush(lane);
        }

        foreach (var lane in _lanes)
            Flush(lane);
    }

    public int Receive(Span<ProbeCompletion> completions)
    {
        foreach (var lane in _lanes)
            ReceiveFrom(lane, completions.Length);
        var count = 0;
        while (count < completions.Length && _completed.TryDequeue(out completions[count]))
            count++;
        return count;
    }

    public void Cancel(ReadOnlySpan<ulong> numbers)
    {
    }

    public ValueTask WaitAsync(TimeSpan? limit)
    {
        if (_completed.Count > 0)
            return ValueTask.CompletedTask;
        if (_poll is null)
            return _signal.WaitAsync(limit);
        if (_poll.Wait(_pollable, limit))
        {
            foreach (var lane in _lanes)
                TakeReturned(lane);
        }

        return ValueTask.CompletedTask;
    }

    public void Wake()
    {
        if (_poll is null)
            _signal.Set();
        else
            _poll.Wake();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            lane.Dispose();
        _poll?.Dispose();
        _signal.Dispose();
        return ValueTask.CompletedTask;
    }

    private EchoLane? LaneFor(in ProbeRequest probe)
    {
        foreach (var lane in _lanes)
        {
            if (lane.Socket.Family == probe.Address.AddressFamily)
                return lane;
        }

        try
        {
            return OpenLane(probe.Address.AddressFamily);
        }
        catch (Exception e)
        {
            // A machine without IPv6 must still watch its IPv4 hosts.
            _completed.Enqueue(new ProbeCompletion(probe.Host, probe.Number, ProbeOutcome.Inconclusive, null, e.Message));
            return null;
        }
    }

    private EchoLane OpenLane(AddressFamily family)
    {
        var lane = new EchoLane(_open(family));
        lane.Socket.PassOnly(_identifier);
        lane.Socket.Arrived = _signal.Set;
        _lanes.Add(lane);
        _pollable = [.. _lanes.Select(known => known.Socket.Pollable).OfType<SafeHandle>()];
        return lane;
    }

    private void Flush(EchoLane lane)
    {
        var batch = lane.Outgoing;
        var (next, waits, doubted, tries) = (0, 0, -1, 0);
        while (next < batch.Count)
        {
            next += lane.Socket.Send(batch, next, out var error);
            if (next == batch.Count || error == SocketError.Success)
                continue;
            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                if (waits++ == RoomWaits)
                    break;
                lane.Socket.WaitForRoom();
            }
            else if (doubted != next)
            {
                // It may be what became of an earlier request to another host.
                (doubted, tries) = (next, 0);
                TakeReturned(lane);
            }
            else if (TakeReturned(lane) == 0)
            {
                Complete(lane.Probes[next++], error);
            }
            else if (++tries == MostTries)
            {
                // Others keep coming back; whether it is about this one after all can't be told.
                var (host, number) = lane.Probes[next++];
                _completed.Enqueue(new ProbeCompletion(host, number, ProbeOutcome.Inconclusive, null, "requests to other hosts come back faster than this one can be sent"));
            }
        }

        for (; next < batch.Count; next++)
            Complete(lane.Probes[next], SocketError.NoBufferSpaceAvailable);
        batch.Count = 0;
    }

    private void ReceiveFrom(EchoLane lane, int wanted)
    {
        for (var i = 0; i < MostReceivesAtOnce && _completed.Count < wanted; i++)
        {
            lane.Socket.Receive(lane.Incoming, out var error);
            if (error != SocketError.Success)
            {
                Doubt(lane, error);
                continue;
            }

            lane.FailedReceives = 0;
            TakeReplies(lane);
            if (lane.Incoming.Count < lane.Incoming.Capacity)
                return;
        }
    }

    /// <summary>A receive fails when the network has given back a request; any other reason is the socket's own.</summary>
    private void Doubt(EchoLane lane, SocketError error)
    {
        if (TakeReturned(lane) > 0)
            return;
        if (lane.FailedReceives++ == 0)
            LogReceiveFailed(lane.Socket.Family, error);
        if (lane.FailedReceives > MostFailedReceives)
            throw new SocketException((int)error);
    }

    private void TakeReplies(EchoLane lane)
    {
        var (socket, batch) = (lane.Socket, lane.Incoming);
        var identifier = socket.KernelSetsIdentifier ? (ushort?)null : _identifier;
        for (var i = 0; i < batch.Count; i++)
        {
            if (EchoPacket.TryReadReply(batch.Message(i), socket.Family, identifier, socket.DeliversIPv4Header, _token, out var number, out var host)
                && (uint)host < (uint)_targets.Length && _targets[host] == batch.Addresses[i])
            {
                _completed.Enqueue(new ProbeCompletion(host, number, ProbeOutcome.Alive, null, ""));
            }
        }
    }

    /// <returns>How many messages the network has given back, other programs' included.</returns>
    private int TakeReturned(EchoLane lane)
    {
        var (socket, batch) = (lane.Socket, lane.Returned);
        var identifier = socket.KernelSetsIdentifier ? (ushort?)null : _identifier;
        var count = 0;
        do
        {
            socket.ReceiveReturned(batch);
            count += batch.Count;
            for (var i = 0; i < batch.Count; i++)
            {
                if (EchoPacket.TryReadReturned(batch.Message(i), socket.Family, identifier, _token, out var number, out var host))
                    Complete((host, number), batch.Errors[i]);
            }
        }
        while (batch.Count == batch.Capacity);
        return count;
    }

    private void Complete((int Host, ulong Number) probe, SocketError error)
    {
        var result = SocketTrouble.Classify(error);
        _completed.Enqueue(new ProbeCompletion(probe.Host, probe.Number, result.Outcome, null, result.Reason));
    }
}
