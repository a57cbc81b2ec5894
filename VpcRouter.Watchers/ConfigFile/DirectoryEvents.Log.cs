using Microsoft.Extensions.Logging;

namespace VpcRouter.Watchers.ConfigFile;

internal sealed partial class DirectoryEvents
{
    [LoggerMessage(EventId = 2010, Level = LogLevel.Warning, Message = "Changes in {Directory} can't be subscribed to ({Problem}); the route spec file is looked at twice a second instead.")]
    private partial void LogUnavailable(string directory, string problem);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "File events may have been lost ({Problem}); the route spec file is read again.")]
    private partial void LogLost(string problem);
}
