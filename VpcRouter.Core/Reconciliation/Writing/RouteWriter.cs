using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// Carries changes out, each API action in a stream of its own: failovers and missing routes at once, drift once the failovers have
/// been answered, deletions once failovers and missing routes have. Never writes one route twice at once; a write that fails stops no
/// other. Thread-safe.
/// </summary>
internal sealed class RouteWriter : IDisposable
{
    private const int MostThrottles = 6;
    private readonly RouteCalls _calls;
    private readonly OwnWrites _ownWrites;
    private readonly OwnedRoutes _owned;
    private readonly WriteBackoff _backoff;
    private readonly TimeProvider _time;
    private readonly WriteReport _report;
    private readonly ImmutableArray<WriteStream> _streams;
    private readonly ConcurrentDictionary<RouteKey, Task> _inFlight = new();

    public RouteWriter(IVpcApi api, OwnWrites ownWrites, OwnedRoutes owned, WriteBackoff backoff, WriteLimits limits, IWriteLimiterFactory limiters, TimeProvider time, ILogger logger)
    {
        _calls = new RouteCalls(api);
        _ownWrites = ownWrites;
        _owned = owned;
        _backoff = backoff;
        _time = time;
        _report = new WriteReport(time, logger);
        _streams = [.. Enum.GetValues<WriteAction>().Select(action => new WriteStream(action, limits, limiters, time))];
    }

    /// <summary>Carries changes out.</summary>
    /// <param name="changes">The changes, those of one kind in the order in which they are to be written.</param>
    /// <param name="onOutcome">Told of each outcome as it comes, also of those that are tried again at once; may be called from several threads at once.</param>
    /// <param name="superseded">When cancelled, no further write is begun; those under way finish.</param>
    /// <param name="look">The number of the look that they were planned from.</param>
    /// <returns>The last outcome of each change that was begun.</returns>
    public async Task<ImmutableArray<RouteChangeOutcome>> WriteAsync(ImmutableArray<RouteChange> changes, Action<RouteChangeOutcome>? onOutcome, CancellationToken superseded, int look = int.MaxValue)
    {
        var run = new WriteRun(changes, look, _report.Begin(changes), onOutcome, superseded);
        var failovers = SendAsync(RouteChangeKind.Failover, run);
        var creates = SendAsync(RouteChangeKind.Create, run);
        var repairs = SendAfterAsync(failovers, RouteChangeKind.Repair, run);
        var deletes = SendAfterAsync(Task.WhenAll(failovers, creates), RouteChangeKind.Delete, run);
        var outcomes = await Task.WhenAll(failovers, creates, repairs, deletes).ConfigureAwait(false);
        _report.End(superseded.IsCancellationRequested);
        return [.. outcomes.SelectMany(ofKind => ofKind).OfType<RouteChangeOutcome>()];
    }

    /// <summary>The newest plan asks for nothing: a big one that it took the place of has ended.</summary>
    public void NothingLeft() => _report.End(isSuperseded: false);

    /// <summary>Completes when no write is under way.</summary>
    public Task DrainAsync() => Task.WhenAll(_inFlight.Values);

    public void Dispose()
    {
        foreach (var stream in _streams)
            stream.Dispose();
    }

    private async Task<RouteChangeOutcome?[]> SendAfterAsync(Task moreUrgent, RouteChangeKind kind, WriteRun run)
    {
        await moreUrgent.ConfigureAwait(false);
        return await SendAsync(kind, run).ConfigureAwait(false);
    }

    private async Task<RouteChangeOutcome?[]> SendAsync(RouteChangeKind kind, WriteRun run)
    {
        var stream = _streams[(int)RouteCalls.ActionOf(kind)];
        var running = new List<Task<RouteChangeOutcome?>>();
        foreach (var change in run.Changes)
        {
            if (change.Kind != kind || _backoff.Holds(change, _time.GetUtcNow()))
                continue;
            if (_inFlight.TryGetValue(RouteKey.Of(change), out var other))
                running.Add(WriteAfterAsync(other, change, stream, run));
            else if (await stream.MayBeginAsync(run.Superseded).ConfigureAwait(false))
                running.Add(WriteInTurnAsync(change, stream, run));
            else
                break;
        }

        return await Task.WhenAll(running).ConfigureAwait(false);
    }

    // A plan made while an older write to the same route is under way asks for it again. Most of the time that write does it:
    // neither a token nor a slot is spent before it is known.
    private async Task<RouteChangeOutcome?> WriteAfterAsync(Task other, RouteChange change, WriteStream stream, WriteRun run)
    {
        await other.ConfigureAwait(false);
        var isWanted = !_ownWrites.Has(change, run.Look) && !_backoff.Holds(change, _time.GetUtcNow());
        return isWanted && await stream.MayBeginAsync(run.Superseded).ConfigureAwait(false)
            ? await WriteInTurnAsync(change, stream, run).ConfigureAwait(false)
            : null;
    }

    private async Task<RouteChangeOutcome?> WriteInTurnAsync(RouteChange change, WriteStream stream, WriteRun run)
    {
        var key = RouteKey.Of(change);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_inFlight.TryAdd(key, done.Task))
        {
            // The other may be waiting for this very slot.
            stream.GiveBack();
            return await WriteAfterAsync(_inFlight.GetValueOrDefault(key) ?? Task.CompletedTask, change, stream, run).ConfigureAwait(false);
        }

        try
        {
            if (!run.Superseded.IsCancellationRequested && !_ownWrites.Has(change, run.Look))
            {
                await _owned.ClaimAsync(change).ConfigureAwait(false);
                var outcome = await WriteUntilAnsweredAsync(change, stream, run).ConfigureAwait(false);
                await _owned.SettleAsync(outcome).ConfigureAwait(false);
                return outcome;
            }

            stream.GiveBack();
            return null;
        }
        finally
        {
            _inFlight.TryRemove(new KeyValuePair<RouteKey, Task>(key, done.Task));
            done.SetResult();
        }
    }

    // What EC2 throttles isn't lost: it waits for its stream's new pace, ahead of what hasn't been begun. A replace of a route that
    // is missing goes on as a create; when that is refused as well, the first answer is the one that names the cause.
    private async Task<RouteChangeOutcome> WriteUntilAnsweredAsync(RouteChange change, WriteStream stream, WriteRun run)
    {
        VpcApiException? missing = null;
        for (var throttles = 0; ;)
        {
            var outcome = await CallAsync(change, stream).ConfigureAwait(false);
            if (outcome.Error is { Kind: VpcApiErrorKind.RouteNotFound } notFound && stream.Action == WriteAction.ReplaceRoute)
            {
                missing = notFound;
                stream = _streams[(int)WriteAction.CreateRoute];
                if (!await stream.MayBeginAsync(run.Superseded).ConfigureAwait(false))
                    return Record(outcome, run);
            }
            else if (outcome.Error is { Kind: VpcApiErrorKind.Throttled } && ++throttles < MostThrottles)
            {
                run.OnOutcome?.Invoke(outcome);
                if (!await stream.MayBeginAsync(run.Superseded).ConfigureAwait(false))
                    return outcome;
            }
            else
            {
                return Record(outcome.Error is { Kind: VpcApiErrorKind.Refused } && missing is not null ? outcome with { Error = missing } : outcome, run);
            }
        }
    }

    private async Task<RouteChangeOutcome> CallAsync(RouteChange change, WriteStream stream)
    {
        var requestedAt = _time.GetUtcNow();
        var error = await _calls.CallAsync(stream.Action, change).ConfigureAwait(false);
        var isThrottled = error is { Kind: VpcApiErrorKind.Throttled };
        if (stream.End(requestedAt, isThrottled) is { IsChanged: true, PerSecond: var pace })
            _report.PaceChanged(stream.Action, pace, isThrottled);
        return new RouteChangeOutcome(change, _time.GetUtcNow(), error) { RequestedAt = requestedAt, Action = stream.Action };
    }

    private RouteChangeOutcome Record(RouteChangeOutcome outcome, WriteRun run)
    {
        _ownWrites.Remember(outcome);
        _backoff.Record(outcome.Change, outcome.Error, outcome.At);
        _report.Answered(outcome, run.IsTold);
        run.OnOutcome?.Invoke(outcome);
        return outcome;
    }
}
