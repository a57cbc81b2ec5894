using Microsoft.Extensions.Options;

namespace VpcRouter.Hosting;

/// <summary>Holds the router's state and derives readiness from it. Thread-safe.</summary>
internal sealed class RouterState(TimeProvider time, IOptions<VpcRouterOptions> options) : IRouterState
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);
    private RouterStatus _current = new() { StartedAt = time.GetUtcNow() };
    private TaskCompletionSource _changed = NewChange();

    public RouterStatus Current => Volatile.Read(ref _current);

    /// <summary>Where the main loop says that it turns.</summary>
    public LoopPulse Pulse { get; } = new(time);

    /// <summary>How often the VPC is looked at; zero for never by itself.</summary>
    public TimeSpan RecheckInterval => options.Value.RouteRecheckInterval;

    public ReadinessCheck Liveness => Pulse.Check();

    public IReadOnlyList<ReadinessCheck> Readiness
    {
        get
        {
            var now = time.GetUtcNow();
            var status = Current;
            return [SpecCheck(status, now), HealthCheck(status, now), VpcCheck(status, now), RoutesCheck(status, now), GuardsCheck(status, now), PluginCheck("watcher", status.Watcher, now), PluginCheck("monitor", status.Monitor, now)];
        }
    }

    public void Update(Func<RouterStatus, RouterStatus> change)
    {
        while (true)
        {
            var before = Current;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _current, change(before), before), before))
            {
                Interlocked.Exchange(ref _changed, NewChange()).SetResult();
                return;
            }
        }
    }

    public async Task<RouterStatus> WaitForAsync(Func<RouterStatus, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the state is read, so that a change in between completes it.
            var changed = Volatile.Read(ref _changed).Task;
            var status = Current;
            if (condition(status))
                return status;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ReadinessCheck SpecCheck(RouterStatus status, DateTimeOffset now) =>
        status.Spec is { } spec
            ? new ReadinessCheck("spec", true, $"{spec.Entries.Length} destinations, {spec.Hosts.Count} hosts", now - status.SpecReceivedAt)
            : new ReadinessCheck("spec", false, "no route spec has come yet", null);

    private static ReadinessCheck HealthCheck(RouterStatus status, DateTimeOffset now) =>
        status.Health is { } health
            ? new ReadinessCheck("health", true, $"{health.Failed.Count} failed, {health.Questionable.Count} questionable", now - health.ObservedAt)
            : new ReadinessCheck("health", false, "no health report has come yet", null);

    private static ReadinessCheck GuardsCheck(RouterStatus status, DateTimeOffset now)
    {
        var active = status.Guards.Where(guard => guard.IsActive).ToList();
        return active.Count == 0
            ? new ReadinessCheck("guards", true, "nothing is held back", null)
            : new ReadinessCheck("guards", false, string.Join("; ", active.Select(guard => $"{guard.Name}: {guard.Message}")), now - active.Min(guard => guard.Since));
    }

    private static ReadinessCheck PluginCheck(string name, PluginStatus plugin, DateTimeOffset now)
    {
        var problem = plugin.IsUp ? plugin.Problem : plugin.LastError ?? "not started yet";
        return new ReadinessCheck(name, problem is null, problem ?? "up", plugin.Since == DateTimeOffset.UnixEpoch ? null : now - plugin.Since);
    }

    private ReadinessCheck VpcCheck(RouterStatus status, DateTimeOffset now)
    {
        TimeSpan? age = status.Snapshot is { } snapshot ? now - snapshot.TakenAt : null;
        if (status.LookError is { } error)
            return new ReadinessCheck("vpc", false, $"{error.Code}: {error.Message}", age);
        if (status.Snapshot is null)
            return new ReadinessCheck("vpc", false, "the VPC hasn't been looked at yet", null);
        // A look that fails is tried again and says why; one that never ends says nothing, so its age has to.
        return RecheckInterval > TimeSpan.Zero && age > RecheckInterval * 3 + LongestLook
            ? new ReadinessCheck("vpc", false, $"no look has ended for {age.Value.TotalSeconds:0} s", age)
            : new ReadinessCheck("vpc", true, "seen", age);
    }

    private ReadinessCheck RoutesCheck(RouterStatus status, DateTimeOffset now)
    {
        var age = now - status.LastInLineAt;
        if (status.Plan is not { } plan)
            return new ReadinessCheck("routes", false, "nothing has been planned yet", age);
        if (options.Value.DryRun)
            return new ReadinessCheck("routes", true, $"dry run: {plan.Changes.Length} changes would be made", age);
        var failed = plan.Changes.Count(change => status.Outcomes.TryGetValue((change.RouteTableId, change.Destination), out var outcome) && !outcome.Succeeded && outcome.Change.To == change.To);
        return failed == 0 ? new ReadinessCheck("routes", true, "in line, or about to be", age) : new ReadinessCheck("routes", false, $"{failed} writes failed and will be tried again", age);
    }
}
