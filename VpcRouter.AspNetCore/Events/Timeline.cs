using VpcRouter.Hosting.Events;

namespace VpcRouter.AspNetCore.Events;

/// <summary>
/// What an operator wants to know of the last hour: specs, verdicts, failovers, guards, refused writes and other plans. Bounded in time
/// and number; what repeats itself stands there once. Thread-safe.
/// </summary>
internal sealed class Timeline(TimeProvider time)
{
    public const int Most = 1000;
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly LinkedList<TimelineEntry> _entries = new();
    private readonly Dictionary<string, LinkedListNode<TimelineEntry>> _byKey = [];

    /// <summary>What a timeline calls an event's subject, and whether it belongs there at all.</summary>
    public static (bool Belongs, string? Key) KeyOf(RouterEvent happened) => happened switch
    {
        // The writes of a failover are told as one; others are told by their plan, unless they fail.
        WriteEvent { Outcome: { Succeeded: false } outcome } => (true, $"write {outcome.Change.RouteTableId} {outcome.Change.Destination} {outcome.Error!.Code}"),
        WriteEvent => (false, null),
        // A plan that can't be carried out is made again and again.
        PlanEvent plan => (true, $"plan {plan.DryRun} {plan.Plan.Changes.Length} {plan.Plan.Changes[0]}"),
        _ => (true, null),
    };

    public void Add(TimelineEntry entry)
    {
        lock (_lock)
        {
            if (entry.Key is not null && _byKey.Remove(entry.Key, out var older))
                _entries.Remove(older);
            var node = _entries.AddLast(entry);
            if (entry.Key is not null)
                _byKey[entry.Key] = node;
            Trim();
        }
    }

    /// <summary>The entries, the newest first.</summary>
    public IReadOnlyList<TimelineEntry> Newest(int most)
    {
        lock (_lock)
        {
            Trim();
            return [.. _entries.Reverse().Take(most)];
        }
    }

    private void Trim()
    {
        var oldest = time.GetUtcNow() - Span;
        while (_entries.First is { } first && (_entries.Count > Most || first.Value.At < oldest))
        {
            _entries.RemoveFirst();
            if (first.Value.Key is { } key && _byKey.GetValueOrDefault(key) == first)
                _byKey.Remove(key);
        }
    }
}
