using System.Collections.Immutable;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing;

/// <summary>What was logged, at every level, since the first start. Thread-safe.</summary>
public sealed class PluginLog
{
    private ImmutableList<LogLine> _lines = [];
    private TaskCompletionSource _added = NewSignal();

    internal PluginLog()
    {
    }

    /// <summary>The lines until now, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines => Volatile.Read(ref _lines);

    /// <summary>Waits until a line holds a text; one logged earlier counts.</summary>
    /// <param name="text">The text, in the same case.</param>
    /// <param name="timeout">How long to wait in real time; default 30 s.</param>
    /// <exception cref="PluginTestException">None came in time.</exception>
    public async Task<LogLine> ContainingAsync(string text, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var patience = new Patience(timeout);
        while (true)
        {
            var added = Volatile.Read(ref _added).Task;
            if (Lines.FirstOrDefault(line => line.Message.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            if (!await patience.WaitAsync(added).ConfigureAwait(false))
                throw new PluginTestException($"Expected a log line with \"{text}\" within {patience}.{Tail()}");
        }
    }

    internal void Add(LogLine line)
    {
        ImmutableInterlocked.Update(ref _lines, lines => lines.Add(line));
        Interlocked.Exchange(ref _added, NewSignal()).TrySetResult();
    }

    /// <summary>The last lines, for a message about a failure.</summary>
    internal string Tail() => Lines.Count == 0 ? " Nothing was logged." : $" The log ends with:{string.Concat(Lines.Skip(Lines.Count - 5).Select(line => $"{Environment.NewLine}  {line}"))}";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
