namespace VpcRouter.Tests.Cli;

/// <summary>What a process has written to one of its streams so far. Thread-safe.</summary>
internal sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = NewSignal();

    public Transcript(StreamReader reader)
    {
        Completion = ReadAsync(reader);
        _ = Completion.ContinueWith(_ => Signal(), TaskScheduler.Default);
    }

    public Task Completion { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public string Text => string.Join('\n', Lines);

    public async Task<string> FindAsync(Func<string, bool> isIt)
    {
        while (true)
        {
            Task changed;
            bool hasEnded;
            lock (_gate)
            {
                // Asked before the lines are searched: once it has ended none is added. If it ends later, that completes the signal taken here.
                hasEnded = Completion.IsCompleted;
                if (_lines.Find(line => isIt(line)) is { } found)
                    return found;
                changed = _changed.Task;
            }

            if (hasEnded)
                throw new AssertionException("The stream ended without that line; it held:\n" + Text);
            await changed;
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            Add(line);
    }

    private void Add(string line)
    {
        lock (_gate)
            _lines.Add(line);
        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
            (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
