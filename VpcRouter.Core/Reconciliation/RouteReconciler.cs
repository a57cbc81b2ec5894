using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Health;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Brings a VPC's route tables in line with a route spec. Remembers the last look and its own writes, so that a failover can be
/// planned without looking again. Thread-safe; several plans may be carried out at once, of which the newer wins.
/// </summary>
public sealed class RouteReconciler : IDisposable
{
    // A look, a plan made from it, and one more for a contradiction met on the way. Beyond that somebody else is writing as fast as we are.
    private const int MostRounds = 3;
    private readonly IVpcApi _api;
    private readonly RoutePolicy _policy;
    private readonly TimeProvider _time;
    private readonly OwnWrites _ownWrites = new();
    private readonly WriteBackoff _backoff = new();
    private readonly StoppedInterfaces _stopped = new();
    private readonly Lock _seenLock = new();
    private readonly RouteWriter _writer;
    private readonly OwnedRoutes _owned;
    private ImmutableArray<string> _managedTables = [];
    private volatile Look? _seen;

    /// <summary>Makes a reconciler.</summary>
    /// <param name="api">The VPC.</param>
    /// <param name="policy">Which routes are managed.</param>
    /// <param name="limits">How fast routes may be written; <see langword="null"/> for EC2's own limits.</param>
    /// <param name="logger">Where each write is told; <see langword="null"/> for nowhere.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    public RouteReconciler(IVpcApi api, RoutePolicy policy, WriteLimits? limits = null, ILogger<RouteReconciler>? logger = null, TimeProvider? time = null)
        : this(api, policy, limits ?? new WriteLimits(), logger ?? NullLogger<RouteReconciler>.Instance, time ?? TimeProvider.System, new TokenBucketLimiters())
    {
    }

    internal RouteReconciler(IVpcApi api, RoutePolicy policy, WriteLimits limits, ILogger<RouteReconciler> logger, TimeProvider time, IWriteLimiterFactory limiters, IOwnedRouteStore? owned = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(policy);
        _api = api;
        _policy = policy;
        _time = time;
        _owned = new OwnedRoutes(owned, time, logger);
        _writer = new RouteWriter(api, _ownWrites, _owned, _backoff, limits, limiters, time, logger);
    }

    /// <summary>The VPC as last seen, with our own writes laid over it; <see langword="null"/> before the first look.</summary>
    public VpcSnapshot? Snapshot => Seen?.Snapshot;

    /// <summary>Whether EC2 hasn't shown all of our writes yet.</summary>
    internal bool HasUnconfirmedWrites => _ownWrites.AnyUnconfirmed;

    /// <summary>When the first of the failed writes may be tried again.</summary>
    internal DateTimeOffset? NextRetryAt => _backoff.NextRetryAt;

    /// <summary>When the first of those that must still wait may be tried again.</summary>
    internal DateTimeOffset? NextRetryAfterNow => _backoff.NextRetryAfter(_time.GetUtcNow());

    /// <summary>Looks at the whole VPC and remembers what it saw.</summary>
    /// <exception cref="VpcApiException">The look failed; what was remembered stays.</exception>
    public async Task<VpcSnapshot> LookAsync(CancellationToken cancellationToken)
    {
        var seen = await _api.GetSnapshotAsync(cancellationToken).ConfigureAwait(false);
        lock (_seenLock)
        {
            // Of two looks at once the one begun later counts, whichever answers first.
            if (_seen is null || seen.TakenAt >= _seen.Snapshot.TakenAt)
            {
                _seen = new Look(_stopped.Learn(seen), (_seen?.Number ?? 0) + 1);
                // Only what a plan can already see may be confirmed; else it would plan from the old state without our writes.
                _ownWrites.Confirm(seen, _seen.Number, _time.GetUtcNow());
            }
        }

        var snapshot = Snapshot!;
        _owned.Learn(snapshot);
        return snapshot;
    }

    /// <summary>Plans from the last look and a health report alone: each host counts as being what it is since the report was made. Touches nothing.</summary>
    /// <exception cref="InvalidOperationException">There was no look yet.</exception>
    public RoutePlan Plan(RouteSpec spec, HealthReport health)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Plan(spec, HealthHistory.Of(spec.Hosts, health));
    }

    /// <summary>Plans from the last look. Touches nothing.</summary>
    /// <exception cref="InvalidOperationException">There was no look yet.</exception>
    public RoutePlan Plan(RouteSpec spec, HealthHistory health)
    {
        var plan = Preview(spec, health);
        _backoff.KeepOnly(plan);
        if (plan.IsEmpty)
            _writer.NothingLeft();
        if (!spec.IsEmpty)
            _managedTables = plan.ManagedRouteTableIds;
        return plan;
    }

    /// <summary>
    /// Plans from the last look for a spec that is only considered: unlike <c>Plan</c>, it takes no note that the spec was planned for.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no look yet.</exception>
    internal RoutePlan Preview(RouteSpec spec, HealthHistory health)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(health);
        var seen = SeenOrThrow();
        return RoutePlanner.Plan(InputOf(spec, health, seen.Snapshot)) with { Look = seen.Number };
    }

    /// <summary>Says why the routes to a destination are what they are in the last look. Touches nothing.</summary>
    /// <exception cref="InvalidOperationException">There was no look yet.</exception>
    public RouteExplanation Explain(RouteSpec spec, HealthHistory health, RouteDestination destination)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(health);
        return RoutePlanner.Explain(InputOf(spec, health, SeenOrThrow().Snapshot), destination);
    }

    /// <summary>Looks at the VPC and plans. Touches nothing.</summary>
    /// <exception cref="VpcApiException">The look failed.</exception>
    public async Task<RoutePlan> PlanAsync(RouteSpec spec, HealthReport health, CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        return Plan(spec, health);
    }

    /// <summary>Carries a plan out. A failed write stops no other and is found among the outcomes.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="superseded">When cancelled, no further write is begun; those under way finish.</param>
    /// <param name="onOutcome">Told of each outcome as it comes; may be called from several threads at once.</param>
    /// <exception cref="InvalidOperationException">There was no look yet.</exception>
    public async Task<ReconcileResult> ApplyAsync(RoutePlan plan, CancellationToken superseded, Action<RouteChangeOutcome>? onOutcome = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_seen is null)
            throw NotSeen();
        var outcomes = await _writer.WriteAsync(plan.Changes, onOutcome, superseded, plan.Look).ConfigureAwait(false);
        return new ReconcileResult(plan, outcomes, Snapshot!);
    }

    /// <summary>Looks at the VPC, plans, and carries the plan out. Where an answer contradicts what was seen, it looks and plans again at once.</summary>
    /// <exception cref="VpcApiException">The look failed; nothing was written.</exception>
    public async Task<ReconcileResult> ReconcileAsync(RouteSpec spec, HealthReport health, CancellationToken cancellationToken)
    {
        var earlier = ImmutableArray<RouteChangeOutcome>.Empty;
        for (var round = 1; ; round++)
        {
            var plan = await PlanAsync(spec, health, cancellationToken).ConfigureAwait(false);
            var result = Merge(earlier, await ApplyAsync(plan, cancellationToken).ConfigureAwait(false));
            if (round == MostRounds || !result.Outcomes.Except(earlier).Any(IsContradiction))
                return result;
            earlier = result.Outcomes;
        }
    }

    /// <summary>Ends the reconciler's timers. Let writes under way finish first.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _owned.Dispose();
    }

    /// <summary>Whether an answer shows that the route isn't what the snapshot said.</summary>
    internal static bool IsContradiction(RouteChangeOutcome outcome) =>
        outcome.Error?.Kind is VpcApiErrorKind.RouteAlreadyExists or VpcApiErrorKind.RouteNotFound or VpcApiErrorKind.Refused;

    /// <summary>Completes when no write is under way.</summary>
    internal Task DrainAsync() => _writer.DrainAsync();

    // What earlier rounds wrote belongs to the result; what they failed in does while the plan still wants it.
    private static ReconcileResult Merge(ImmutableArray<RouteChangeOutcome> earlier, ReconcileResult result)
    {
        var written = earlier.Where(outcome => outcome.Succeeded).ToList();
        var begun = result.Outcomes.Select(outcome => outcome.Change).ToHashSet();
        var stillFailed = earlier.Where(outcome => !outcome.Succeeded && !begun.Contains(outcome.Change) && result.Plan.Changes.Contains(outcome.Change));
        return result with
        {
            Plan = result.Plan with { Changes = [.. written.Select(outcome => outcome.Change), .. result.Plan.Changes] },
            Outcomes = [.. written, .. stillFailed, .. result.Outcomes],
        };
    }

    // The last look with our writes laid over it. A look that comes in between may have confirmed a write, so that the older one would
    // show neither it nor what the newer shows.
    private Look? Seen
    {
        get
        {
            while (_seen is { } seen)
            {
                var snapshot = _ownWrites.Overlay(seen.Snapshot);
                if (ReferenceEquals(seen, _seen))
                    return seen with { Snapshot = snapshot };
            }

            return null;
        }
    }

    private static InvalidOperationException NotSeen() => new("Look at the VPC first.");

    private Look SeenOrThrow() => Seen ?? throw NotSeen();

    private PlanningInput InputOf(RouteSpec spec, HealthHistory health, VpcSnapshot snapshot) =>
        new(spec, health, snapshot, _policy, _time.GetUtcNow()) { IsOurs = _owned.IsOurs, ManagedBefore = _managedTables };

    private sealed record Look(VpcSnapshot Snapshot, int Number);
}
