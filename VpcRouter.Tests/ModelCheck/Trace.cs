using System.Globalization;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>What happened in a scenario, line by line, for the one who must find out why it failed.</summary>
internal sealed class Trace(TimeProvider time)
{
    private readonly List<(TimeSpan At, string What)> _lines = [];
    private readonly List<string> _violations = [];
    private readonly DateTimeOffset _start = time.GetUtcNow();

    public IReadOnlyList<string> Violations => _violations;

    public void Say(string what) => _lines.Add((time.GetUtcNow() - _start, what));

    /// <summary>Something happened that must never happen.</summary>
    public void Violation(string what)
    {
        Say($"VIOLATION: {what}");
        _violations.Add(string.Create(CultureInfo.InvariantCulture, $"at {(time.GetUtcNow() - _start).TotalSeconds:F3} s: {what}"));
    }

    public override string ToString() =>
        string.Join('\n', _lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.At.TotalSeconds,9:F3}  {line.What}")));
}
