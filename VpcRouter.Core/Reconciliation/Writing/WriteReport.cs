using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// Tells an operator what is written without drowning him: a small plan change by change, a big one by its beginning and its end, a
/// failure that repeats once in a while. Thread-safe.
/// </summary>
internal sealed partial class WriteReport(TimeProvider time, ILogger logger)
{
    /// <summary>Plans of more changes are told as a sum.</summary>
    public const int MostTold = 10;

    private readonly RepeatedFailures _failures = new(time);
    private readonly Lock _lock = new();
    private DateTimeOffset? _bigSince;
    private int _written;
    private int _failed;

    /// <summary>A plan begins. One that takes the place of a big plan goes on with it.</summary>
    /// <returns>Whether each of its changes that is done is told.</returns>
    public bool Begin(ImmutableArray<RouteChange> changes)
    {
        lock (_lock)
        {
            if (_bigSince is not null)
                return false;
            if (changes.Length <= MostTold)
                return true;
            _bigSince = time.GetUtcNow();
            (_written, _failed) = (0, 0);
        }

        var of = changes.CountBy(change => change.Kind).ToDictionary();
        Log.BigPlanBegun(logger, changes.Length, Of(RouteChangeKind.Failover), Of(RouteChangeKind.Create), Of(RouteChangeKind.Repair), Of(RouteChangeKind.Delete), changes[0]);
        return false;

        int Of(RouteChangeKind kind) => of.GetValueOrDefault(kind);
    }

    /// <summary>A plan has ended; when superseded, the next one goes on.</summary>
    public void End(bool isSuperseded)
    {
        lock (_lock)
        {
            if (isSuperseded || _bigSince is not { } since)
                return;
            Log.BigPlanEnded(logger, _written, (time.GetUtcNow() - since).TotalSeconds, _failed);
            _bigSince = null;
        }
    }

    /// <summary>A write got its last answer for now.</summary>
    public void Answered(RouteChangeOutcome outcome, bool isTold)
    {
        lock (_lock)
        {
            _written += outcome.Succeeded ? 1 : 0;
            _failed += outcome.Succeeded ? 0 : 1;
        }

        if (outcome.Error is { } error)
        {
            if (_failures.Count(error.Code) is { } untold)
                TellFailure(error.Code, error.Message, outcome.Change, untold);
        }
        else if (isTold)
        {
            Log.Written(logger, outcome.Change);
        }
        else
        {
            Log.WrittenAmongMany(logger, outcome.Change);
        }
    }

    /// <summary>EC2 throttles an action earlier than the limits say, or its writes are at full speed again.</summary>
    public void PaceChanged(WriteAction action, double? perSecond, bool isThrottled)
    {
        if (isThrottled && _failures.Count($"throttled {action}") is { } untold)
            Log.Throttled(logger, action, perSecond ?? 0, untold);
        else if (!isThrottled)
            Log.FullSpeed(logger, action);
    }

    private void TellFailure(string code, string message, RouteChange change, int untold)
    {
        if (untold == 0)
            Log.WriteFailed(logger, code, message, change);
        else
            Log.WriteStillFails(logger, code, untold, message, change);
    }
}
