using System.Net.Sockets;
using System.Runtime.InteropServices;
using VpcRouter.Monitors.Linux;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;

namespace VpcRouter.Monitors.Tcp.Linux;

/// <summary>
/// Connects to hosts, many at a time, without a thread, a task or an object each. A connection is reset as soon as it stands, so that
/// neither side keeps anything of it. Attempts that end while the next ones are being begun, as most do on a near network, are found
/// by one poll for all of them and never enter the queue.
/// </summary>
internal sealed unsafe class ConnectEngine(int port) : IProbeEngine
{
    /// <summary>Few enough that a round-trip time is right to a fraction of a millisecond, enough that the poll costs next to nothing.</summary>
    private const int BegunAtOnce = 16;

    private const int ReadAtOnce = 256;
    private readonly ConnectQueue _queue = new(ReadAtOnce);
    private readonly PollWait _poll = new();
    private readonly Queue<ProbeCompletion> _completed = new();
    private readonly Dictionary<ulong, int> _slots = [];
    private readonly Stack<int> _free = new();
    private readonly List<(ConnectSocket Socket, int Host, ulong Number)> _pending = [];
    private readonly (ConnectSocket Socket, AddressFamily Family, int Host, ulong Number)[] _begun = new (ConnectSocket, AddressFamily, int, ulong)[BegunAtOnce];
    private readonly Stack<ConnectSocket> _unused = new();
    private SafeHandle[]? _pollable;
    private int _begunCount;

    public bool TakesCancellations => true;

    public void Send(ReadOnlySpan<ProbeRequest> probes)
    {
        foreach (ref readonly var probe in probes)
        {
            ConnectSocket? unused = probe.Address.AddressFamily == AddressFamily.InterNetwork && _unused.TryPop(out var known) ? known : null;
            var error = ConnectSocket.Begin(probe.Address, port, unused, out var socket);
            if (error == SocketError.InProgress)
                _begun[_begunCount++] = (socket, probe.Address.AddressFamily, probe.Host, probe.Number);
            else
                Complete(probe.Host, probe.Number, error);
            if (error == SocketError.Success)
                KeepOrClose(socket, probe.Address.AddressFamily);
            if (_begunCount == BegunAtOnce)
                SettleBegun();
        }

        SettleBegun();
    }

    public int Receive(Span<ProbeCompletion> completions)
    {
        var count = 0;
        while (count < completions.Length && _completed.TryDequeue(out completions[count]))
            count++;
        Span<(int Slot, bool Failed)> ended = stackalloc (int, bool)[Math.Min(ReadAtOnce, completions.Length - count)];
        if (ended.IsEmpty)
            return count;
        foreach (var (slot, failed) in ended[.._queue.Read(ended)])
        {
            var (socket, host, number) = Release(slot);
            completions[count++] = CompletionOf(host, number, failed ? socket.Outcome() : SocketError.Success);
            socket.Close();
        }

        return count;
    }

    public void Cancel(ReadOnlySpan<ulong> numbers)
    {
        foreach (var number in numbers)
        {
            if (_slots.TryGetValue(number, out var slot))
                Release(slot).Socket.Close();
        }
    }

    public ValueTask WaitAsync(TimeSpan? limit)
    {
        if (_completed.Count == 0)
            _poll.Wait(_pollable ??= [_queue.Pollable], limit);
        return ValueTask.CompletedTask;
    }

    public void Wake() => _poll.Wake();

    public ValueTask DisposeAsync()
    {
        foreach (var slot in _slots.Values)
            _pending[slot].Socket.Close();
        _slots.Clear();
        while (_unused.TryPop(out var socket))
            socket.Close();
        _queue.Dispose();
        _poll.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ProbeCompletion CompletionOf(int host, ulong number, SocketError error)
    {
        if (error == SocketError.Success)
            return new ProbeCompletion(host, number, ProbeOutcome.Alive, null, "");
        var result = SocketTrouble.Classify(error);
        return new ProbeCompletion(host, number, result.Outcome, null, result.Reason);
    }

    private void Complete(int host, ulong number, SocketError error) => _completed.Enqueue(CompletionOf(host, number, error));

    private void SettleBegun()
    {
        if (_begunCount == 0)
            return;
        var entries = stackalloc LibC.PollEntry[BegunAtOnce];
        for (var i = 0; i < _begunCount; i++)
            entries[i] = new LibC.PollEntry { Descriptor = _begun[i].Socket.Descriptor, Wanted = LibC.PollOut };
        _ = LibC.Poll(entries, (nuint)_begunCount, 0);
        for (var i = 0; i < _begunCount; i++)
        {
            var (socket, family, host, number) = _begun[i];
            if (entries[i].Returned == 0)
            {
                Watch(socket, host, number);
                continue;
            }

            var error = (entries[i].Returned & (LibC.PollError | LibC.PollHangUp)) == 0 ? SocketError.Success : socket.Outcome();
            Complete(host, number, error);
            if (error == SocketError.Success)
                KeepOrClose(socket, family);
            else
                socket.Close();
        }

        _begunCount = 0;
    }

    /// <summary>
    /// Making and closing a socket is a fifth of what a check costs. An IPv6 one is never used again, since one that was connected to
    /// an IPv4 address in IPv6's clothes stays an IPv4 socket; nor is one that the queue has watched, since it would have to be unlisted.
    /// </summary>
    private void KeepOrClose(ConnectSocket socket, AddressFamily family)
    {
        if (family == AddressFamily.InterNetwork && _unused.Count < BegunAtOnce && socket.TryReset())
            _unused.Push(socket);
        else
            socket.Close();
    }

    private void Watch(ConnectSocket socket, int host, ulong number)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _pending.Count;
            _pending.Add(default);
        }

        if (_queue.Watch(socket, slot) is var error and not SocketError.Success)
        {
            _free.Push(slot);
            Complete(host, number, error);
            socket.Close();
            return;
        }

        _pending[slot] = (socket, host, number);
        _slots.Add(number, slot);
    }

    private (ConnectSocket Socket, int Host, ulong Number) Release(int slot)
    {
        var pending = _pending[slot];
        _slots.Remove(pending.Number);
        _free.Push(slot);
        return pending;
    }
}
