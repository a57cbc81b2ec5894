using Microsoft.Extensions.Logging;

namespace VpcRouter.Reconciliation.Writing;

internal sealed partial class WriteReport
{
    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Done: {Change}")]
        public static partial void Written(ILogger logger, RouteChange change);

        [LoggerMessage(1002, LogLevel.Error, "Refused with {Code} ({Message}), to be tried again: {Change}")]
        public static partial void WriteFailed(ILogger logger, string code, string message, RouteChange change);

        [LoggerMessage(1030, LogLevel.Error, "Still refused with {Code}, {Count} times more since it was told last ({Message}), to be tried again, among them: {Change}")]
        public static partial void WriteStillFails(ILogger logger, string code, int count, string message, RouteChange change);

        [LoggerMessage(1031, LogLevel.Warning, "EC2 throttles {Action} below --write-rate: going on with {PerSecond:0.##} a second; nothing is lost ({Untold} times more since it was told last)")]
        public static partial void Throttled(ILogger logger, WriteAction action, double perSecond, int untold);

        [LoggerMessage(1032, LogLevel.Debug, "EC2 doesn't throttle {Action} any more: at full speed again")]
        public static partial void FullSpeed(ILogger logger, WriteAction action);

        [LoggerMessage(1033, LogLevel.Debug, "Done: {Change}")]
        public static partial void WrittenAmongMany(ILogger logger, RouteChange change);

        [LoggerMessage(1034, LogLevel.Information, "Carrying out {Changes} changes ({Failovers} failovers, {Creates} missing, {Repairs} repairs, {Deletes} deletions), told one by one in the journal and at debug level; the first: {Change}")]
        public static partial void BigPlanBegun(ILogger logger, int changes, int failovers, int creates, int repairs, int deletes, RouteChange change);

        [LoggerMessage(1035, LogLevel.Information, "{Written} changes done in {Seconds:0.#} s, {Failed} refused")]
        public static partial void BigPlanEnded(ILogger logger, int written, double seconds, int failed);
    }
}
