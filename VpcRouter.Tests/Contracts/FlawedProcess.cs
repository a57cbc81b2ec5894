using System.Collections.Concurrent;
using System.Net;

namespace VpcRouter.Tests.Contracts;

/// <summary>What flawed plugins share although they shouldn't share anything, as if it were static.</summary>
internal sealed class FlawedProcess(Flaw flaw)
{
    private int _starts;
    private int _running;
    private TaskCompletionSource? _current;

    public Flaw Flaw { get; } = flaw;

    public ConcurrentDictionary<IPAddress, bool> Hosts { get; } = new();

    public bool IsBesideAnother => Volatile.Read(ref _running) > 1;

    /// <summary>Counts starts. The check cancels two at once before it has the plugin work; the fourth is the restart.</summary>
    /// <returns>Whether it is the restart, or later.</returns>
    public bool Start()
    {
        Interlocked.Increment(ref _running);
        return Interlocked.Increment(ref _starts) > 3;
    }

    public void End() => Interlocked.Decrement(ref _running);

    /// <summary>Ends the instance before this one.</summary>
    /// <returns>Faults when another one comes.</returns>
    public Task TakeOver()
    {
        var mine = new TaskCompletionSource();
        Interlocked.Exchange(ref _current, mine)?.TrySetException(new InvalidOperationException("another one took over"));
        return mine.Task;
    }
}
