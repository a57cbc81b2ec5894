using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Events;

/// <summary>Makes failovers of plans and writes. Knows no clock. For one thread at a time.</summary>
internal sealed class FailoverTracker
{
    private readonly Dictionary<string, (Failover Failover, HashSet<(string TableId, RouteDestination Destination)> Remaining)> _open = [];
    private long _count;

    /// <summary>Takes an event in.</summary>
    /// <returns>The failovers that it began, changed noticeably or completed.</returns>
    public IEnumerable<Failover> On(RouterEvent happened)
    {
        switch (happened)
        {
            case PlanEvent { DryRun: false } plan:
                return Begin(plan);
            case WriteEvent write:
                return Go(write.Outcome);
            default:
                return [];
        }
    }

    private static string KeyOf(RouteChange change) => change.OldRouter?.ToString() ?? change.From?.ToString() ?? "nothing";

    private List<Failover> Begin(PlanEvent plan)
    {
        var begun = new List<Failover>();
        var moves = plan.Plan.Changes.Where(change => change.Kind == RouteChangeKind.Failover).GroupBy(KeyOf).ToList();
        foreach (var group in moves)
        {
            var routes = group.Select(change => (change.RouteTableId, change.Destination)).ToHashSet();
            var first = group.First();
            if (_open.TryGetValue(group.Key, out var open) && open.Failover.VerdictAt == first.VerdictAt)
            {
                // A newer plan for the same failover: what it names is what is left.
                _open[group.Key] = (open.Failover with { Remaining = routes.Count }, routes);
                continue;
            }

            var failover = new Failover($"f{++_count}", group.Key, first.OldRouter, plan.At, first.Reason) { VerdictAt = first.VerdictAt, Remaining = routes.Count };
            _open[group.Key] = (failover, routes);
            begun.Add(failover);
        }

        // What a plan doesn't name any more is done, or isn't wanted any more.
        var named = moves.Select(group => group.Key).ToHashSet();
        foreach (var key in _open.Keys.Where(key => !named.Contains(key)).ToList())
        {
            _open.Remove(key, out var ended);
            begun.Add(ended.Failover with { Remaining = 0 });
        }

        return begun;
    }

    private IEnumerable<Failover> Go(RouteChangeOutcome outcome)
    {
        var change = outcome.Change;
        if (change.Kind != RouteChangeKind.Failover || !_open.TryGetValue(KeyOf(change), out var open))
            return [];
        var isFirst = open.Failover.FirstAnsweredAt is null;
        if (outcome.Succeeded)
            open.Remaining.Remove((change.RouteTableId, change.Destination));
        var to = change.NewRouter?.ToString() ?? $"{change.To}";
        var went = open.Failover with
        {
            RequestedAt = Earlier(open.Failover.RequestedAt, outcome.RequestedAt),
            FirstAnsweredAt = open.Failover.FirstAnsweredAt ?? outcome.At,
            LastAnsweredAt = outcome.At > open.Failover.LastAnsweredAt || isFirst ? outcome.At : open.Failover.LastAnsweredAt,
            Moved = open.Failover.Moved + (outcome.Succeeded ? 1 : 0),
            Refused = open.Failover.Refused + (outcome.Succeeded ? 0 : 1),
            Remaining = open.Remaining.Count,
            To = outcome.Succeeded ? open.Failover.To.SetItem(to, open.Failover.To.GetValueOrDefault(to) + 1) : open.Failover.To,
        };
        if (went.IsComplete)
            _open.Remove(KeyOf(change));
        else
            _open[KeyOf(change)] = (went, open.Remaining);
        return isFirst || went.IsComplete ? [went] : [];
    }

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;
}
