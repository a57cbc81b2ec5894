using System.Diagnostics.Metrics;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting.Metrics;

/// <summary>Gauges that read the router's state when they are asked. Thread-safe.</summary>
internal sealed class StateGauges
{
    private readonly RouterState _state;
    private readonly TimeProvider _time;

    public StateGauges(Meter meter, RouterState state, TimeProvider time)
    {
        _state = state;
        _time = time;
        meter.CreateObservableGauge("vpcrouter.hosts", Hosts, "{host}", "Hosts of the spec, by state: healthy, questionable or failed");
        meter.CreateObservableGauge("vpcrouter.routes", Routes, "{route}", "Managed routes, by state: in_line, pending, failed (the last write was refused) or blackhole, which overlaps with the others");
        meter.CreateObservableGauge("vpcrouter.guard.active", Guards, null, "Whether a guard holds changes back, by guard");
        meter.CreateObservableGauge("vpcrouter.plugin.up", Plugins, null, "Whether a plugin runs, by role: watcher or monitor");
        meter.CreateObservableGauge("vpcrouter.spec.destinations", () => _state.Current.Spec is { } spec ? [new Measurement<long>(spec.Entries.Length)] : NothingToCount, "{destination}", "Destinations of the spec in force");
        meter.CreateObservableGauge("vpcrouter.spec.age", () => Age(_state.Current.SpecReceivedAt), "s", "Time since the spec in force came");
        meter.CreateObservableGauge("vpcrouter.look.age", () => Age(_state.Current.Snapshot?.TakenAt), "s", "Time since the VPC was last seen");
        meter.CreateObservableGauge("vpcrouter.recheck.interval", () => _state.RecheckInterval.TotalSeconds, "s", "How often the VPC is looked at again; 0 for never");
        meter.CreateObservableGauge("vpcrouter.in_line.age", () => Age(_state.Current.LastInLineAt), "s", "Time since the routes were last found or brought in line");
    }

    private static Measurement<long>[] NothingToCount => [];

    private static Measurement<long> Of(string name, string value, long count) => new(count, new KeyValuePair<string, object?>(name, value));

    private IEnumerable<Measurement<double>> Age(DateTimeOffset? since) => since is { } at ? [new Measurement<double>((_time.GetUtcNow() - at).TotalSeconds)] : [];

    private IEnumerable<Measurement<long>> Hosts()
    {
        var status = _state.Current;
        if (status.Spec is not { } spec)
            return [];
        var byState = spec.Hosts.CountBy(host => (status.Health ?? HealthReport.AllHealthy).StateOf(host)).ToDictionary();
        return Enum.GetValues<HealthState>().Select(health => Of("state", health.ToString().ToLowerInvariant(), byState.GetValueOrDefault(health)));
    }

    private IEnumerable<Measurement<long>> Routes()
    {
        var status = _state.Current;
        if (status is not { Spec: { } spec, Snapshot: { } snapshot, Plan: { } plan })
            return [];
        var named = spec.Entries.Select(entry => entry.Destination).ToHashSet();
        var tables = plan.ManagedRouteTableIds.ToHashSet();
        var routes = snapshot.RouteTables.Where(table => tables.Contains(table.Id))
            .SelectMany(table => table.Routes.Where(route => route.IsCreated && named.Contains(route.Destination)).Select(route => (Key: new RouteKey(table.Id, route.Destination), route.State)))
            .ToList();
        var undone = plan.Changes.Where(change => OutcomeOf(status, change) is not { Succeeded: true }).ToList();
        var failed = undone.Count(change => OutcomeOf(status, change) is { Succeeded: false });
        var changing = undone.Select(RouteKey.Of).ToHashSet();
        return
        [
            Of("state", "in_line", routes.Count(route => !changing.Contains(route.Key))),
            Of("state", "pending", undone.Count - failed),
            Of("state", "failed", failed),
            Of("state", "blackhole", routes.Count(route => route.State == RouteState.Blackhole)),
        ];
    }

    private static RouteChangeOutcome? OutcomeOf(RouterStatus status, RouteChange change) =>
        status.Outcomes.TryGetValue((change.RouteTableId, change.Destination), out var outcome) && outcome.Change.From == change.From && outcome.Change.To == change.To ? outcome : null;

    private IEnumerable<Measurement<long>> Guards() => _state.Current.Guards.Select(guard => Of("guard", guard.Name, guard.IsActive ? 1 : 0));

    private IEnumerable<Measurement<long>> Plugins()
    {
        var status = _state.Current;
        return [Of("role", "watcher", status.Watcher.IsUp ? 1 : 0), Of("role", "monitor", status.Monitor.IsUp ? 1 : 0)];
    }
}
