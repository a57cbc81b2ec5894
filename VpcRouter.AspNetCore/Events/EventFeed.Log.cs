using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore.Events;

internal sealed partial class EventFeed
{
    [LoggerMessage(EventId = 4050, Level = LogLevel.Error, Message = "An event ({Type}) can't be told to those who read along; going on with the next.")]
    private partial void LogCantTell(string type, Exception exception);
}
