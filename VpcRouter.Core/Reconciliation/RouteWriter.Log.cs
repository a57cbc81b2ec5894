using Microsoft.Extensions.Logging;

namespace VpcRouter.Reconciliation;

internal sealed partial class RouteWriter
{
    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Done: {Change}")]
        public static partial void Written(ILogger logger, RouteChange change);

        [LoggerMessage(1002, LogLevel.Error, "Refused with {Code} ({Message}), to be tried again: {Change}")]
        public static partial void WriteFailed(ILogger logger, string code, string message, RouteChange change);
    }
}
