namespace VpcRouter.Probing;

/// <summary>
/// Carries probes to hosts and their answers back, many at a time. It keeps no deadlines: who sends decides when an answer is overdue.
/// One loop calls it; only <see cref="Wake"/> may be called from anywhere.
/// </summary>
internal interface IProbeEngine : IAsyncDisposable
{
    /// <summary>Whether <see cref="Cancel"/> is to be called; an engine that holds nothing for a probe needn't hear of it.</summary>
    bool TakesCancellations { get; }

    /// <summary>Sends probes without waiting. One that can't be sent is completed like any other; throwing ends the monitor.</summary>
    void Send(ReadOnlySpan<ProbeRequest> probes);

    /// <summary>Hands over what has come in, without waiting.</summary>
    /// <returns>How many completions were written; fewer than there is room for means that nothing more has come in.</returns>
    int Receive(Span<ProbeCompletion> completions);

    /// <summary>Says that nobody waits for these probes any more.</summary>
    void Cancel(ReadOnlySpan<ulong> numbers);

    /// <summary>Waits until something has come in, somebody called <see cref="Wake"/>, or the time is over; <see langword="null"/> waits for ever. May return early.</summary>
    ValueTask WaitAsync(TimeSpan? limit);

    /// <summary>Ends the wait that is under way, or else the next.</summary>
    void Wake();
}
