using System.Threading.RateLimiting;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// The way of one API action's writes to EC2: so many at once, so many per second, and slower for a while when EC2 throttles that
/// action. Writes begin in the order in which they asked. Thread-safe.
/// </summary>
internal sealed class WriteStream : IDisposable
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(100);
    private readonly int _burst;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RateLimiter _limiter;
    private readonly Lock _lock = new();
    private readonly ThrottlePace _pace;
    private int _spareTokens;

    public WriteStream(WriteAction action, WriteLimits limits, IWriteLimiterFactory limiters, TimeProvider time)
    {
        Action = action;
        _burst = limits.Burst;
        _time = time;
        _slots = new SemaphoreSlim(limits.Concurrency);
        _limiter = limiters.Create(action, limits);
        // From the given clock, so that a run on fake time can be repeated, also by another process: hash codes differ between them.
        _pace = new ThrottlePace(limits.PerSecond, new Random(unchecked(((int)time.GetTimestamp() * 31) + (int)action)));
    }

    public WriteAction Action { get; }

    /// <summary>Waits until a write may begin. Each that may ends with <see cref="End"/> or <see cref="GiveBack"/>.</summary>
    /// <returns>False when superseded: nothing was taken.</returns>
    public async Task<bool> MayBeginAsync(CancellationToken superseded)
    {
        try
        {
            await _slots.WaitAsync(superseded).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            await TakeTurnAsync(superseded).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            _slots.Release();
            return false;
        }
    }

    /// <summary>A write that might begin isn't wanted any more.</summary>
    public void GiveBack()
    {
        lock (_lock)
            _spareTokens++;
        _slots.Release();
    }

    /// <summary>A write was answered.</summary>
    /// <returns>The new pace when this answer changed it: writes per second, or none when full speed is reached again.</returns>
    public (bool IsChanged, double? PerSecond) End(DateTimeOffset begunAt, bool isThrottled)
    {
        try
        {
            lock (_lock)
            {
                var isChanged = isThrottled ? _pace.OnThrottled(begunAt, _time.GetUtcNow()) : _pace.OnAnswered();
                if (isChanged)
                    EmptyBucket();
                return (isChanged, _pace.PerSecond);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _limiter.Dispose();
        _slots.Dispose();
        _turn.Dispose();
    }

    // One at a time, so that nobody overtakes whoever waits for the next token or for the pace.
    private async Task TakeTurnAsync(CancellationToken superseded)
    {
        await _turn.WaitAsync(superseded).ConfigureAwait(false);
        try
        {
            // The token last: one held while the pace lets nobody go would be refilled meanwhile, and two writes go for one.
            do
            {
                await KeepPaceAsync(superseded).ConfigureAwait(false);
                await TakeTokenAsync(superseded).ConfigureAwait(false);
            }
            while (!Begin());
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TakeTokenAsync(CancellationToken superseded)
    {
        if (TakeSpareToken())
            return;
        while (true)
        {
            using var lease = await _limiter.AcquireAsync(1, superseded).ConfigureAwait(false);
            if (lease.IsAcquired)
                return;
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.Zero ? after : AfterRefusal;
            await Task.Delay(wait, _time, superseded).ConfigureAwait(false);
        }
    }

    // What was given back counts like what the bucket has saved up: together never more than it holds.
    private bool TakeSpareToken()
    {
        lock (_lock)
        {
            if (_limiter.GetStatistics() is { } statistics)
                _spareTokens = (int)Math.Clamp(_burst - statistics.CurrentAvailablePermits, 0, _spareTokens);
            if (_spareTokens == 0)
                return false;
            _spareTokens--;
            return true;
        }
    }

    private async Task KeepPaceAsync(CancellationToken superseded)
    {
        while (PaceWait() is { Ticks: > 0 } wait)
            await Task.Delay(wait, _time, superseded).ConfigureAwait(false);
    }

    // In whole milliseconds: Task.Delay cuts off the rest, and would return at once from the last of them over and over.
    private TimeSpan PaceWait()
    {
        lock (_lock)
            return TimeSpan.FromMilliseconds(Math.Ceiling(_pace.Wait(_time.GetUtcNow()).TotalMilliseconds));
    }

    /// <returns>False when EC2 has throttled the action since the pace was asked: then the bucket was emptied, and the token taken from it isn't there either.</returns>
    private bool Begin()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_pace.Wait(now) > TimeSpan.Zero)
                return false;
            _pace.Begin(now);
            return true;
        }
    }

    // EC2's bucket was found empty, or was drawn on slowly since: what ours has saved up meanwhile isn't there.
    private void EmptyBucket()
    {
        _spareTokens = 0;
        if (_limiter.GetStatistics() is { CurrentAvailablePermits: > 0 and <= int.MaxValue } statistics)
            _limiter.AttemptAcquire((int)statistics.CurrentAvailablePermits).Dispose();
    }
}
