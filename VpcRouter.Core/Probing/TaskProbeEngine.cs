using System.Collections.Concurrent;
using System.Net;

namespace VpcRouter.Probing;

/// <summary>Carries probes by calling a function for each: the way for whoever can probe only one host at a time.</summary>
/// <remarks>
/// Each runs on the thread pool, so that one that blocks holds up neither the schedule nor the others. All go through the pool's common
/// queue, first come, first served, and so does the loop's next turn: when the pool is starved, the loop is late as well and doesn't
/// take probes that have not even begun for lost.
/// </remarks>
/// <param name="probe">Probes a host once. The token is cancelled when nobody waits for the answer any more.</param>
/// <param name="mostPerHost">How many probes of one host may run at once, those included that go on although they were cancelled.</param>
/// <param name="time">For the waits.</param>
internal sealed class TaskProbeEngine(Func<IPAddress, CancellationToken, ValueTask<ProbeResult>> probe, int mostPerHost, TimeProvider time) : IProbeEngine
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<ulong, RunningProbe> _running = new();
    private readonly ConcurrentQueue<ProbeCompletion> _completions = new();
    private readonly TimedSignal _signal = new(time);
    private int[] _perHost = [];

    public bool TakesCancellations => true;

    public void Send(ReadOnlySpan<ProbeRequest> probes)
    {
        foreach (var request in probes)
            Start(request);
    }

    public int Receive(Span<ProbeCompletion> completions)
    {
        var count = 0;
        while (count < completions.Length && _completions.TryDequeue(out completions[count]))
            _perHost[completions[count++].Host]--;
        return count;
    }

    public void Cancel(ReadOnlySpan<ulong> numbers)
    {
        foreach (var number in numbers)
        {
            // What is registered with the token must not run on the one loop.
            if (_running.TryGetValue(number, out var running))
                _ = running.Deadline.CancelAsync();
        }
    }

    public ValueTask WaitAsync(TimeSpan? limit) => _signal.WaitAsync(limit);

    public void Wake() => _signal.Set();

    /// <summary>Cancels all probes. One that doesn't heed its token is left behind; it disturbs nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        RunningProbe[] running = [.. _running.Values];
        foreach (var one in running)
            _ = one.Deadline.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running.Select(one => one.Task)), Task.Delay(StopGrace, time)).ConfigureAwait(false);
        _signal.Dispose();
    }

    private void Start(ProbeRequest request)
    {
        if (request.Host >= _perHost.Length)
            Array.Resize(ref _perHost, Math.Max(request.Host + 1, _perHost.Length * 2));
        if (++_perHost[request.Host] > mostPerHost)
        {
            Complete(request, ProbeResult.Inconclusive("earlier probes of the host have not ended although they were cancelled"));
            return;
        }

        var running = new RunningProbe(request);
        _running[request.Number] = running;
        running.Task = Task.Factory.StartNew(() => RunAsync(running), CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap();
    }

    private async Task RunAsync(RunningProbe running)
    {
        ProbeResult result;
        try
        {
            result = await probe(running.Request.Address, running.Deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // After the deadline nobody listens. Before it, whatever this is, it's not the host's doing, and one probe must not end the monitoring of all others.
            result = ProbeResult.Inconclusive(e.Message);
        }

        _running.TryRemove(running.Request.Number, out _);
        Complete(running.Request, result);
    }

    private void Complete(ProbeRequest request, ProbeResult result)
    {
        _completions.Enqueue(new ProbeCompletion(request.Host, request.Number, result.Outcome, result.RoundTrip, result.Reason));
        _signal.Set();
    }
}
