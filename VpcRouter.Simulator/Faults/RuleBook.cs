namespace VpcRouter.Simulator.Faults;

/// <summary>Rules of one kind at work: the first that strikes decides, and those behind it don't notice the call.</summary>
internal sealed class RuleBook<TEffect>
{
    private readonly List<(FaultRule<TEffect> Rule, FaultTally Tally)> _rules;

    public RuleBook(IEnumerable<FaultRule<TEffect>> rules, int seed) =>
        _rules = [.. rules.Select(r => (r, new FaultTally(r.Trigger, seed)))];

    public IEnumerable<KeyValuePair<string, long>> Counts => _rules.Select(r => KeyValuePair.Create(r.Rule.Trigger.Path, r.Tally.Struck));

    public Strike<TEffect>? Strike(string action, TimeSpan elapsed, Func<TEffect, bool>? concerns = null)
    {
        foreach (var (rule, tally) in _rules)
        {
            if (concerns?.Invoke(rule.Effect) != false && tally.Meet(action, elapsed) is { } roll)
                return new Strike<TEffect>(rule.Effect, rule.Trigger.After, roll);
        }

        return null;
    }
}
