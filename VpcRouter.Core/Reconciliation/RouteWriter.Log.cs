using Microsoft.Extensions.Logging;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

internal sealed partial class RouteWriter
{
    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "{Kind}: route {Destination} in {RouteTable} changed from {From} to {To}, because {Reason}")]
        public static partial void Written(ILogger logger, RouteChangeKind kind, RouteDestination destination, string routeTable, RouteTarget from, RouteTarget to, string reason);

        [LoggerMessage(1002, LogLevel.Error, "{Kind}: route {Destination} in {RouteTable} could not be changed: {Code}: {Message} (wanted, because {Reason})")]
        public static partial void WriteFailed(ILogger logger, RouteChangeKind kind, RouteDestination destination, string routeTable, string code, string message, string reason);
    }
}
