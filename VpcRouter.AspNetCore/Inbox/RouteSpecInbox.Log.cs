using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore.Inbox;

internal sealed partial class RouteSpecInbox
{
    [LoggerMessage(EventId = 4013, Level = LogLevel.Information, Message = "The route spec posted before the restart is in force again: {Destinations} destinations, {Hosts} hosts, ETag {ETag}.")]
    private partial void LogRestored(int destinations, int hosts, string eTag);
}
