using System.Collections.Concurrent;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

/// <summary>An engine whose hosts answer at once unless the test has silenced them, and which can be broken.</summary>
internal sealed class FakeEngine(TimeProvider time) : IProbeEngine
{
    private readonly TimedSignal _signal = new(time);
    private readonly ConcurrentQueue<ProbeCompletion> _completions = new();
    private readonly List<ProbeRequest> _heldBack = [];
    private int _probesUntilItBreaks = int.MaxValue;

    public ConcurrentDictionary<string, bool> Silent { get; } = new();

    public bool IsDisposed { get; private set; }

    public bool TakesCancellations => false;

    /// <summary>Keeps answers back until <see cref="Release"/>.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>Happens on the loop's thread at each sending.</summary>
    public Action? OnSend { get; set; }

    /// <summary>Throws when so many probes more have been sent.</summary>
    public void BreakAfter(int probes) => Volatile.Write(ref _probesUntilItBreaks, probes);

    public void Release()
    {
        HoldsBack = false;
        _signal.Set();
    }

    public void Send(ReadOnlySpan<ProbeRequest> probes)
    {
        if (!probes.IsEmpty)
            OnSend?.Invoke();
        foreach (var probe in probes)
        {
            if (Interlocked.Decrement(ref _probesUntilItBreaks) < 0)
                throw new InvalidOperationException("the engine broke");
            if (HoldsBack)
                _heldBack.Add(probe);
            else
                Answer(probe);
        }
    }

    public int Receive(Span<ProbeCompletion> completions)
    {
        if (!HoldsBack)
        {
            _heldBack.ForEach(Answer);
            _heldBack.Clear();
        }

        var count = 0;
        while (count < completions.Length && _completions.TryDequeue(out completions[count]))
            count++;
        return count;
    }

    public void Cancel(ReadOnlySpan<ulong> numbers)
    {
    }

    public ValueTask WaitAsync(TimeSpan? limit) => _completions.IsEmpty ? _signal.WaitAsync(limit) : ValueTask.CompletedTask;

    public void Wake() => _signal.Set();

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _signal.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Answer(ProbeRequest probe)
    {
        if (!Silent.ContainsKey(probe.Address.ToString()))
            _completions.Enqueue(new ProbeCompletion(probe.Host, probe.Number, ProbeOutcome.Alive, null, ""));
    }
}
