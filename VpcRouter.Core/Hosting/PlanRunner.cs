using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting;

/// <summary>
/// Plans from the newest state and carries the plan out. A new plan takes the place of one still being carried out: what that one
/// hasn't begun is dropped, what it has begun finishes. Called by one thread at a time.
/// </summary>
internal sealed partial class PlanRunner : IDisposable
{
    // A timer counts no further than seven weeks, and a failback may be a year away.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private readonly RouteReconciler _reconciler;
    private readonly RouterState _state;
    private readonly RouterEvents _events;
    private readonly bool _dryRun;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _requestLook;
    private readonly ITimer _retryTimer;
    private readonly ITimer _planAgainTimer;
    private readonly GuardBoard _guards;
    private CancellationTokenSource _superseded = new();
    private Task _applying = Task.CompletedTask;
    private ImmutableArray<string> _warnings = [];
    private string _lastDryRun = "";

    public PlanRunner(RouteReconciler reconciler, RouterState state, RouterEvents events, GuardBoard guards, bool dryRun, TimeProvider time, ILogger logger, Action requestLook, Action wake)
    {
        _reconciler = reconciler;
        _state = state;
        _events = events;
        _guards = guards;
        _dryRun = dryRun;
        _time = time;
        _logger = logger;
        _requestLook = requestLook;
        _retryTimer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _planAgainTimer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Plans, and begins to carry the plan out. Does nothing while there is no spec or the VPC hasn't been seen.</summary>
    public void Run()
    {
        var status = _state.Current;
        if (status.Spec is not { } spec || status.Snapshot is null)
            return;
        var plan = _reconciler.Plan(spec, status.HealthHistory);
        TellWarnings(plan);
        TellGuards(plan);
        ArmFor(plan);
        _superseded.Cancel();
        _state.Update(current => current with
        {
            Plan = plan,
            PlannedSpec = spec,
            LastInLineAt = plan.IsInLine ? _time.GetUtcNow() : current.LastInLineAt,
            Outcomes = OutcomesFor(current, spec, plan),
        });
        if (plan.IsEmpty)
            return;
        _events.Publish(new PlanEvent(_time.GetUtcNow(), plan, _dryRun));
        if (_dryRun)
        {
            TellDryRun(plan);
            return;
        }

        _superseded = new CancellationTokenSource();
        var applying = ApplyAsync(plan, _superseded.Token);
        _applying = _applying.IsCompleted ? applying : Task.WhenAll(_applying, applying);
    }

    /// <summary>Begins no further write and waits for those under way.</summary>
    public async Task StopAsync()
    {
        await _superseded.CancelAsync().ConfigureAwait(false);
        await _applying.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _retryTimer.Dispose();
        _planAgainTimer.Dispose();
        _superseded.Dispose();
        _reconciler.Dispose();
    }

    // A process sees specs come and go for years. What the last one dropped is still shown, what an earlier one dropped isn't.
    private static ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteChangeOutcome> OutcomesFor(RouterStatus status, RouteSpec spec, RoutePlan plan)
    {
        if (status.Outcomes.IsEmpty || ReferenceEquals(spec, status.PlannedSpec) || spec.Equals(status.PlannedSpec))
            return status.Outcomes;
        var planned = plan.Changes.Select(change => (change.RouteTableId, change.Destination)).ToHashSet();
        return status.Outcomes.RemoveRange(status.Outcomes.Keys.Where(key => spec.IndexOf(key.Destination) < 0 && !planned.Contains(key)));
    }

    private async Task ApplyAsync(RoutePlan plan, CancellationToken superseded)
    {
        try
        {
            var result = await _reconciler.ApplyAsync(plan, superseded, Remember).ConfigureAwait(false);
            // The snapshot is asked for anew: a look may have ended since the result was made.
            _state.Update(status => status with
            {
                Snapshot = _reconciler.Snapshot,
                LastInLineAt = result.IsComplete && !plan.HoldsBack && ReferenceEquals(plan, status.Plan) ? _time.GetUtcNow() : status.LastInLineAt,
            });
            if (result.Outcomes.Any(IsWorthALook))
                _requestLook();
            if (!superseded.IsCancellationRequested)
                RetryAt(_reconciler.NextRetryAt);
        }
        catch (Exception e)
        {
            Log.ApplyFaulted(_logger, e);
        }
    }

    // A look confirms a write, and after a contradiction shows what the next plan must reckon with. What was turned away at the
    // door has changed nothing, and looking would only add to the load.
    private static bool IsWorthALook(RouteChangeOutcome outcome) =>
        outcome.Error?.Kind is not (VpcApiErrorKind.Throttled or VpcApiErrorKind.Unauthorized or VpcApiErrorKind.RouteLimitExceeded);

    private void Remember(RouteChangeOutcome outcome)
    {
        _state.Update(status => status with { Outcomes = status.Outcomes.SetItem((outcome.Change.RouteTableId, outcome.Change.Destination), outcome) });
        _events.Publish(new WriteEvent(outcome));
        // A failover that was refused must not wait for the end of a long plan.
        if (!outcome.Succeeded)
            RetryAt(_reconciler.NextRetryAfterNow);
    }

    private void RetryAt(DateTimeOffset? at)
    {
        if (at is { } retryAt)
            _retryTimer.Change(TimeSpan.FromTicks(Math.Max(0, (retryAt - _time.GetUtcNow()).Ticks)), Timeout.InfiniteTimeSpan);
    }

    // What time alone decides, a failback or the end of a panic, comes with no event of its own.
    private void ArmFor(RoutePlan plan)
    {
        var delay = plan.PlanAgainAt - _time.GetUtcNow() ?? Timeout.InfiniteTimeSpan;
        if (delay != Timeout.InfiniteTimeSpan)
            delay = delay < TimeSpan.Zero ? TimeSpan.Zero : delay < LongestSleep ? delay : LongestSleep;
        _planAgainTimer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private void TellGuards(RoutePlan plan)
    {
        foreach (var name in (string[])[DeleteGuard.Name, PanicGuard.Name])
            _guards.Set(name, plan.HeldBack.FirstOrDefault(guard => guard.Guard == name)?.Message);
    }

    private void TellWarnings(RoutePlan plan)
    {
        foreach (var warning in plan.Warnings.Except(_warnings))
            Log.PlanWarning(_logger, warning);
        _warnings = plan.Warnings;
    }

    private void TellDryRun(RoutePlan plan)
    {
        var text = string.Join('\n', plan.Changes);
        if (text == _lastDryRun)
            return;
        _lastDryRun = text;
        foreach (var change in plan.Changes)
            Log.WouldChange(_logger, change);
    }
}
