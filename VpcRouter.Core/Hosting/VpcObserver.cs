using Microsoft.Extensions.Logging;
using VpcRouter.Hosting.Metrics;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting;

/// <summary>
/// Looks at the VPC: when asked, every recheck interval, and after our own writes until EC2 shows them. Failures are retried with
/// back-off for as long as it takes. Looking never holds up a failover, which plans from what was seen last.
/// </summary>
internal sealed partial class VpcObserver(RouteReconciler reconciler, RouterState state, TimeSpan recheckInterval, TimeProvider time, ILogger logger, RouterMetrics metrics, Action onSeen) : IDisposable
{
    private static readonly TimeSpan FirstConfirmation = TimeSpan.FromSeconds(2);
    private readonly Signal _requested = new();
    private readonly RepeatedFailures _repeated = new(time);
    private bool _isFailureTold;
    private ITimer? _timer;
    private int _confirmations;

    /// <summary>Asks for a look as soon as possible. Several requests before it begins are one.</summary>
    public void Request() => _requested.Set();

    public async Task RunAsync(CancellationToken stopping)
    {
        _timer = time.CreateTimer(_ => Request(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Request();
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            try
            {
                await _requested.WaitAsync(stopping).ConfigureAwait(false);
                failures = await LookAsync(failures, stopping).ConfigureAwait(false);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // A call that is cancelled may surface as what was wrong with it before.
                return;
            }

            if (failures > 0)
            {
                await Task.Delay(Backoff.After(failures), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Request();
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private async Task<int> LookAsync(int failures, CancellationToken stopping)
    {
        var begunAt = time.GetTimestamp();
        try
        {
            await reconciler.LookAsync(stopping).ConfigureAwait(false);
            metrics.LookEnded(time.GetElapsedTime(begunAt), null);
            state.Update(status => status with { Snapshot = reconciler.Snapshot, LookError = null });
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            var error = e as VpcApiException ?? new VpcApiException(VpcApiErrorKind.Unavailable, e.GetType().Name, e.Message, e);
            metrics.LookEnded(time.GetElapsedTime(begunAt), error);
            Report(error, failures + 1);
            return failures + 1;
        }

        if (failures > 0 && _isFailureTold)
            Log.LookSucceeded(logger, failures);
        _isFailureTold = false;
        Rearm();
        onSeen();
        return 0;
    }

    private void Report(VpcApiException error, int failures)
    {
        state.Update(status => status with { LookError = error });
        // Looks that fail now and then are as tiresome as looks that keep failing.
        if (_repeated.Count(error.Code) is null)
            return;
        _isFailureTold = true;
        Log.LookFailed(logger, error.Code, error.Message, failures, Backoff.After(failures).TotalSeconds);
    }

    // Armed after the look, so that looks never overlap. While EC2 doesn't show our writes yet, the next look comes sooner.
    private void Rearm()
    {
        _confirmations = reconciler.HasUnconfirmedWrites ? _confirmations + 1 : 0;
        var recheck = recheckInterval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : recheckInterval;
        var confirmation = FirstConfirmation * Math.Pow(2, Math.Min(_confirmations - 1, 5));
        _timer!.Change(_confirmations > 0 && (recheck == Timeout.InfiniteTimeSpan || confirmation < recheck) ? confirmation : recheck, Timeout.InfiniteTimeSpan);
    }
}
