using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Apply;

/// <summary>
/// Runs the router until the VPC is in line, or until going on is pointless. The router itself plans, writes, looks again and retries,
/// with the guards and the limits of the service; this only watches. Used once.
/// </summary>
/// <param name="router">The router, not yet started.</param>
/// <param name="wait">How long to go on after the last write that succeeded; zero gives up when every write has been tried.</param>
/// <param name="time">The clock.</param>
/// <param name="onOutcome">Told of each answer as it comes, one at a time.</param>
internal sealed class ApplyRun(OneShotRouter router, TimeSpan wait, TimeProvider time, Action<RouteChangeOutcome> onOutcome)
{
    // Ample for the largest VPC; a write that is lost here would still be done, but not told of.
    private const int EventsKept = 100_000;

    private readonly List<RouteChangeOutcome> _done = [];

    // With no wait the run ends when every write has been tried; each try is bounded by the client's own deadline.
    private TimeSpan Patience => wait > TimeSpan.Zero ? wait : Timeout.InfiniteTimeSpan;

    /// <exception cref="CommandFailedException">Nothing could be planned.</exception>
    public async Task<ApplyResult> RunAsync(CancellationToken interrupted)
    {
        using var events = router.Subscribe(EventsKept);
        await router.StartAsync(interrupted).ConfigureAwait(false);
        using var ended = new CancellationTokenSource();
        var watching = WatchAsync(events, ended);
        try
        {
            await router.UntilPlannedAsync(IsWorthWaiting, wait, interrupted).ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, ended.Token);
            await router.State.WaitForAsync(IsOver, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Out of patience, or told to stop: what has been done by now is the result.
        }

        // Writes under way finish before their answers are counted.
        await router.StopAsync().ConfigureAwait(false);
        events.Dispose();
        await watching.ConfigureAwait(false);
        return new ApplyResult(router.State.Current, _done, interrupted.IsCancellationRequested);
    }

    private bool IsWorthWaiting(VpcApiException error) =>
        wait > TimeSpan.Zero && error.Kind is VpcApiErrorKind.Throttled or VpcApiErrorKind.Unavailable;

    private bool IsOver(RouterStatus status) => status.Plan is { } plan && plan.Changes.All(change => IsHopeless(change, status));

    private bool IsHopeless(RouteChange change, RouterStatus status) =>
        wait == TimeSpan.Zero ? ApplyResult.FailureOf(change, status) is not null : ApplyResult.WaitingWontMend(change, status);

    private async Task WatchAsync(RouterEventSubscription events, CancellationTokenSource ended)
    {
        // It ends with this method, also when telling fails: ringing later, it would end what is gone.
        var patience = time.CreateTimer(_ => ended.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var disposal = patience.ConfigureAwait(false);
        var isPlanned = false;
        try
        {
            await foreach (var happened in events.Events.ReadAllAsync().ConfigureAwait(false))
            {
                if (happened is PlanEvent && !isPlanned)
                    isPlanned = patience.Change(Patience, Timeout.InfiniteTimeSpan);
                if (happened is not WriteEvent { Outcome: var outcome })
                    continue;
                onOutcome(outcome);
                if (!outcome.Succeeded)
                    continue;
                _done.Add(outcome);
                patience.Change(Patience, Timeout.InfiniteTimeSpan);
            }
        }
        catch
        {
            // With nobody to watch its patience, a run whose writes are refused again and again would never end.
            await ended.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
