using System.Net;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// Watches one router process and says when it does what it must never do. A write is judged by what the process had been told when it
/// asked for it: the newest spec, the newest health report and the newest look.
/// </summary>
internal sealed class RouterWatch(ScenarioSettings settings, ModelVpc vpc, Ledger ledger, Trace trace, TimeProvider time)
{
    private static readonly TimeSpan OwnWriteMemory = TimeSpan.FromSeconds(60);

    // What a router remembers of an instance that was stopped it may hold against it for a minute, and a look may be old and take long.
    private static readonly TimeSpan SurelyRunning = TimeSpan.FromSeconds(150);
    private readonly Dictionary<VpcAction, TokenCount> _tokens = Enum.GetValues<VpcAction>().ToDictionary(action => action, _ => new TokenCount(settings.Burst, settings.PerSecond, time.GetUtcNow()));
    private readonly Dictionary<(string, RouteDestination), OwnWrite> _own = [];
    private readonly HashSet<(string, RouteDestination)> _inFlight = [];
    private readonly HashSet<(string, RouteDestination)> _foundMissing = [];
    private readonly Dictionary<IPAddress, DateTimeOffset> _failedSince = [];
    private DateTimeOffset? _firstSpecAt;

    /// <summary>The plan that the router carries out.</summary>
    public Func<RoutePlan?> PlanInForce { get; set; } = () => null;

    public Recent<RouteSpec> Specs { get; } = new(time);

    public Recent<HealthReport> Reports { get; } = new(time);

    public Recent<VpcSnapshot> Looks { get; } = new(time);

    public DateTimeOffset? LastRequestAt { get; private set; }

    public void Told(RouteSpec spec)
    {
        _firstSpecAt ??= time.GetUtcNow();
        Specs.Tell(spec);
    }

    public void Told(HealthReport report)
    {
        Reports.Tell(report);
        foreach (var host in report.Failed)
            _failedSince.TryAdd(host, report.ObservedAt);
        foreach (var host in _failedSince.Keys.Where(host => !report.Failed.Contains(host)).ToList())
            _failedSince.Remove(host);
    }

    public void Shown(VpcSnapshot look)
    {
        Looks.Tell(look);
        _foundMissing.Clear();
        foreach (var (key, own) in _own)
        {
            if (time.GetUtcNow() - own.AnsweredAt >= OwnWriteMemory || (look.TakenAt >= own.AnsweredAt && RouteIn(look, key)?.Target == own.Target))
                _own.Remove(key);
        }
    }

    public void Requested(VpcWrite write)
    {
        var now = time.GetUtcNow();
        LastRequestAt = now;
        if (!_inFlight.Add(KeyOf(write)))
            trace.Violation($"two writes to {write.Destination} in {write.RouteTableId} are under way at once (R11)");
        if (!_tokens[write.Action].Take(now))
            trace.Violation($"{write.Action} exceeds {settings.Burst} at once and {settings.PerSecond} a second (R11)");
        if (Reports.Newest is null && now < _firstSpecAt + settings.InitialHealthTimeout)
            trace.Violation($"{Describe(write)} before the first health report (R17)");
        CheckPlan(write);
        ledger.Asked(write);
        var reasons = RulesKnown().Select(rules => WhyWrong(write, rules)).Distinct().ToList();
        if (!reasons.Contains(null))
            trace.Violation($"{Describe(write)}: {(reasons.Count == 0 ? "nothing is known that it could follow from" : string.Join("; or ", reasons))}");
    }

    public void Answered(VpcWrite write, VpcApiException? error)
    {
        var key = KeyOf(write);
        _inFlight.Remove(key);
        if (error is null || (error.Kind == VpcApiErrorKind.RouteNotFound && write.Action == VpcAction.Delete))
        {
            _own[key] = new OwnWrite(write.Target, time.GetUtcNow());
            ledger.Done(write);
        }
        else if (error.Kind == VpcApiErrorKind.RouteNotFound)
        {
            _foundMissing.Add(key);
        }
    }

    public static string Describe(VpcWrite write) => $"{write.Action} {write.Destination} in {write.RouteTableId}{(write.Target is { } target ? $" to {target}" : "")}";

    private static (string, RouteDestination) KeyOf(VpcWrite write) => (write.RouteTableId, write.Destination);

    private static Route? RouteIn(VpcSnapshot look, (string Table, RouteDestination Destination) key) =>
        look.RouteTables.FirstOrDefault(table => table.Id == key.Table)?.Routes.FirstOrDefault(route => route.IsCreated && route.Destination == key.Destination);

    // Before the first report has come, or come in time, everybody counts as healthy.
    private IEnumerable<Rules> RulesKnown() =>
        from spec in Specs.Known()
        from report in Reports.Newest is null ? [HealthReport.AllHealthy] : Reports.Known()
        from look in Looks.Known()
        select new Rules(spec, report, look, settings.Policy, ledger.MayOwn);

    // What is written is what the newest plan says, and that never deletes more than it may.
    private void CheckPlan(VpcWrite write)
    {
        if (PlanInForce() is not { } plan || !plan.Changes.Any(change => (change.RouteTableId, change.Destination) == KeyOf(write) && change.To == write.Target))
            trace.Violation($"{Describe(write)} isn't in the newest plan");
        else if (plan.Changes.Count(change => change.Kind == RouteChangeKind.Delete) is var deletes && deletes > settings.MostDeletes(RulesKnown().Max(rules => rules.CountManagedRoutes()) + _own.Count))
            trace.Violation($"the plan deletes {deletes} routes (R18)");
    }

    private string? WhyWrong(VpcWrite write, Rules rules)
    {
        if (rules.Vpc.RouteTables.FirstOrDefault(table => table.Id == write.RouteTableId) is not { } table || !rules.IsManaged(table))
            return "the table isn't managed (R2)";
        if (!rules.IsAllowed(write.Destination))
            return "the destination is ignored or not among the managed ones (R1)";
        var key = KeyOf(write);
        var entry = rules.EntryOf(write.Destination);
        if (_own.ContainsKey(key))
            return entry is null ? null : WhyWrongTarget(write, entry, table, rules);
        var known = RouteIn(rules.Vpc, key);
        if (known is not null && !rules.IsTouchable(table, known))
            return $"the route to {known.Target} is somebody else's (R1)";
        if (write.Action == VpcAction.Create ? known is not null && !_foundMissing.Contains(key) : known is null)
            return $"the router was shown {known?.Target.ToString() ?? "no such route"}";
        if (entry is not null)
            return WhyWrongTarget(write, entry, table, rules) ?? (known is not null && IsPanic(rules) && rules.HasFailed(entry, known) ? "a failover during a panic (R18)" : null);
        return write.Action != VpcAction.Delete ? "the spec doesn't name the destination"
            : write.Destination.IsDefaultRoute && !ledger.MayOwn(table, known!) ? "a default route that VpcRouter hasn't written (R1)"
            : null;
    }

    private string? WhyWrongTarget(VpcWrite write, RouteEntry entry, RouteTable table, Rules rules)
    {
        if (write.Action == VpcAction.Delete)
            return "the spec names the destination";
        if (!Rules.IsMeant(entry, table))
            return "the entry's route_tables leave this table out (R2)";
        var (healthy, questionable) = (rules.Usable(entry, HealthState.Healthy), rules.Usable(entry, HealthState.Questionable));
        if (healthy.Any(item => item.Id == write.Target!.Value.Id))
            return null;
        if (questionable.Any(item => item.Id == write.Target!.Value.Id))
            return SurelyUsable(healthy) is { } better ? $"the host is questionable, and {better} is healthy (R6)" : null;
        if (write.Target != entry.Fallback)
            return "the target is no usable host: it has failed, or isn't eligible, or isn't there (R6)";
        return SurelyUsable([.. healthy, .. questionable]) is { } usable ? $"the fallback, though {usable} is usable (R8)" : null;
    }

    // A report of this very instant may have begun or ended it.
    private bool IsPanic(Rules rules)
    {
        if (settings.PanicThreshold is not { } threshold || Reports.Known().Skip(1).Any())
            return false;
        var hosts = rules.Hosts;
        return hosts.Count(host => _failedSince.TryGetValue(host, out var since) && since + settings.PanicWindow > time.GetUtcNow()) > hosts.Count * threshold / 100;
    }

    private string? SurelyUsable(IReadOnlyList<NetworkInterface> interfaces) => interfaces.FirstOrDefault(item => vpc.HasRunFor(item.Id, SurelyRunning))?.Id;
}
