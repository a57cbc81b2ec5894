using Microsoft.Extensions.Logging;
using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting;

internal sealed partial class PlanRunner
{
    private static partial class Log
    {
        [LoggerMessage(1131, LogLevel.Warning, "{Warning}")]
        public static partial void PlanWarning(ILogger logger, string warning);

        [LoggerMessage(1132, LogLevel.Information, "Dry run, not done: {Change}")]
        public static partial void WouldChange(ILogger logger, RouteChange change);

        [LoggerMessage(1133, LogLevel.Error, "Carrying a plan out failed; planning again at the next event")]
        public static partial void ApplyFaulted(ILogger logger, Exception error);
    }
}
