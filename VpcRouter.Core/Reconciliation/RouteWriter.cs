using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Carries changes out: in the plan's order, concurrently, under one token bucket per API action, never two writes to one route
/// at once. A write that fails stops no other. Thread-safe.
/// </summary>
internal sealed partial class RouteWriter : IDisposable
{
    private readonly IVpcApi _api;
    private readonly OwnWrites _ownWrites;
    private readonly WriteBackoff _backoff;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly RateLimiter _creates;
    private readonly RateLimiter _replaces;
    private readonly RateLimiter _deletes;
    private readonly ConcurrentDictionary<RouteKey, Task> _inFlight = new();

    public RouteWriter(IVpcApi api, OwnWrites ownWrites, WriteBackoff backoff, WriteLimits limits, IWriteLimiterFactory limiters, TimeProvider time, ILogger logger)
    {
        _api = api;
        _ownWrites = ownWrites;
        _backoff = backoff;
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(limits.Concurrency);
        _creates = limiters.Create(WriteAction.CreateRoute, limits);
        _replaces = limiters.Create(WriteAction.ReplaceRoute, limits);
        _deletes = limiters.Create(WriteAction.DeleteRoute, limits);
    }

    /// <summary>Carries changes out.</summary>
    /// <param name="changes">The changes, most urgent first.</param>
    /// <param name="onOutcome">Told of each outcome as it comes; may be called from several threads at once.</param>
    /// <param name="superseded">When cancelled, no further write is begun; those under way finish.</param>
    public async Task<ImmutableArray<RouteChangeOutcome>> WriteAsync(IEnumerable<RouteChange> changes, Action<RouteChangeOutcome>? onOutcome, CancellationToken superseded)
    {
        var running = new List<Task<RouteChangeOutcome?>>();
        foreach (var change in changes)
        {
            if (_backoff.Holds(change, _time.GetUtcNow()))
                continue;
            if (_inFlight.TryGetValue(RouteKey.Of(change), out var other))
                running.Add(WriteAfterAsync(other, change, onOutcome, superseded));
            else if (await MayBeginAsync(change, superseded).ConfigureAwait(false))
                running.Add(WriteInTurnAsync(change, onOutcome, superseded));
            else
                break;
        }

        var outcomes = await Task.WhenAll(running).ConfigureAwait(false);
        return [.. outcomes.OfType<RouteChangeOutcome>()];
    }

    /// <summary>Completes when no write is under way.</summary>
    public Task DrainAsync() => Task.WhenAll(_inFlight.Values);

    public void Dispose()
    {
        _creates.Dispose();
        _replaces.Dispose();
        _deletes.Dispose();
        _slots.Dispose();
    }

    private RateLimiter BucketOf(RouteChange change) => change.Kind switch
    {
        RouteChangeKind.Create => _creates,
        RouteChangeKind.Delete => _deletes,
        _ => _replaces,
    };

    /// <summary>Waits for a token and a slot. Gives neither when superseded.</summary>
    private async Task<bool> MayBeginAsync(RouteChange change, CancellationToken superseded)
    {
        try
        {
            using var token = await BucketOf(change).AcquireAsync(1, superseded).ConfigureAwait(false);
            await _slots.WaitAsync(superseded).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A plan made while an older write to the same route is under way asks for it again. Most of the time that write does it:
    // neither a token nor a slot is spent before it is known.
    private async Task<RouteChangeOutcome?> WriteAfterAsync(Task other, RouteChange change, Action<RouteChangeOutcome>? onOutcome, CancellationToken superseded)
    {
        await other.ConfigureAwait(false);
        var isWanted = !_ownWrites.Has(change) && !_backoff.Holds(change, _time.GetUtcNow());
        return isWanted && await MayBeginAsync(change, superseded).ConfigureAwait(false)
            ? await WriteInTurnAsync(change, onOutcome, superseded).ConfigureAwait(false)
            : null;
    }

    private async Task<RouteChangeOutcome?> WriteInTurnAsync(RouteChange change, Action<RouteChangeOutcome>? onOutcome, CancellationToken superseded)
    {
        var key = RouteKey.Of(change);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            while (!_inFlight.TryAdd(key, done.Task))
            {
                if (_inFlight.TryGetValue(key, out var other))
                    await other.ConfigureAwait(false);
            }

            if (superseded.IsCancellationRequested || _ownWrites.Has(change))
                return null;
            var requestedAt = _time.GetUtcNow();
            var error = await TryWriteAsync(change, superseded).ConfigureAwait(false);
            var outcome = new RouteChangeOutcome(change, _time.GetUtcNow(), error) { RequestedAt = requestedAt };
            Record(outcome);
            onOutcome?.Invoke(outcome);
            return outcome;
        }
        finally
        {
            _inFlight.TryRemove(new KeyValuePair<RouteKey, Task>(key, done.Task));
            done.SetResult();
            _slots.Release();
        }
    }

    private void Record(RouteChangeOutcome outcome)
    {
        var change = outcome.Change;
        _backoff.Record(change, outcome.Error, outcome.At);
        if (outcome.Error is { } error)
        {
            Log.WriteFailed(_logger, error.Code, error.Message, change);
            return;
        }

        _ownWrites.Remember(change, outcome.At);
        Log.Written(_logger, change);
    }

    private async Task<VpcApiException?> TryWriteAsync(RouteChange change, CancellationToken superseded)
    {
        try
        {
            await WriteAsync(change, superseded).ConfigureAwait(false);
            return null;
        }
        catch (VpcApiException e)
        {
            return e;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // An IVpcApi that breaks its contract must not take the other writes down.
            return new VpcApiException(VpcApiErrorKind.Unavailable, e.GetType().Name, e.Message, e);
        }
    }

    // Writes under way are never cancelled: they are short, bounded by the API's own deadline, and half a write can't be undone.
    private async Task WriteAsync(RouteChange change, CancellationToken superseded)
    {
        switch (change.Kind)
        {
            case RouteChangeKind.Delete:
                await DeleteAsync(change).ConfigureAwait(false);
                break;
            case RouteChangeKind.Create:
                await _api.CreateRouteAsync(change.RouteTableId, change.Destination, change.To!.Value, CancellationToken.None).ConfigureAwait(false);
                break;
            default:
                await ReplaceOrCreateAsync(change, superseded).ConfigureAwait(false);
                break;
        }
    }

    private async Task DeleteAsync(RouteChange change)
    {
        try
        {
            await _api.DeleteRouteAsync(change.RouteTableId, change.Destination, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VpcApiException e) when (e.Kind == VpcApiErrorKind.RouteNotFound)
        {
            // Somebody was faster; the route is gone, which is what was wanted.
        }
    }

    private async Task ReplaceOrCreateAsync(RouteChange change, CancellationToken superseded)
    {
        try
        {
            await _api.ReplaceRouteAsync(change.RouteTableId, change.Destination, change.To!.Value, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VpcApiException e) when (e.Kind == VpcApiErrorKind.RouteNotFound)
        {
            await CreateInsteadAsync(change, e, superseded).ConfigureAwait(false);
        }
    }

    // EC2 answers a replace of a missing route with a code that it uses for other faults too. When the create fails as well,
    // the first answer is the one that names the cause, unless the route exists after all.
    private async Task CreateInsteadAsync(RouteChange change, VpcApiException replaceError, CancellationToken superseded)
    {
        try
        {
            using var token = await _creates.AcquireAsync(1, superseded).ConfigureAwait(false);
            await _api.CreateRouteAsync(change.RouteTableId, change.Destination, change.To!.Value, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VpcApiException e) when (e.Kind == VpcApiErrorKind.Refused)
        {
            throw replaceError;
        }
        catch (OperationCanceledException) when (superseded.IsCancellationRequested)
        {
            throw replaceError;
        }
    }
}
