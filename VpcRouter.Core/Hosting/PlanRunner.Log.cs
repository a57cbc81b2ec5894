using Microsoft.Extensions.Logging;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting;

internal sealed partial class PlanRunner
{
    private static partial class Log
    {
        [LoggerMessage(1131, LogLevel.Warning, "{Warning}")]
        public static partial void PlanWarning(ILogger logger, string warning);

        [LoggerMessage(1132, LogLevel.Information, "Dry run: {Kind}: route {Destination} in {RouteTable} would change from {From} to {To}, because {Reason}")]
        public static partial void WouldChange(ILogger logger, RouteChangeKind kind, RouteDestination destination, string routeTable, RouteTarget? from, RouteTarget? to, string reason);

        [LoggerMessage(1133, LogLevel.Error, "Carrying a plan out failed; planning again at the next event")]
        public static partial void ApplyFaulted(ILogger logger, Exception error);
    }
}
