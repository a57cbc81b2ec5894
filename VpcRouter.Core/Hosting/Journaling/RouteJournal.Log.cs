using Microsoft.Extensions.Logging;

namespace VpcRouter.Hosting.Journaling;

internal sealed partial class RouteJournal
{
    private static partial class Log
    {
        [LoggerMessage(1160, LogLevel.Error, "The journal {File} can't be written: {Problem}; routing goes on, what happens meanwhile is kept and written later as far as it fits ({Untold} failures more since it was told last)")]
        public static partial void NotWritten(ILogger logger, string file, string problem, int untold);

        [LoggerMessage(1161, LogLevel.Warning, "The journal {File} is over --journal-size and can't be set aside: {Problem}; it goes on growing")]
        public static partial void NotSetAside(ILogger logger, string file, string problem);

        [LoggerMessage(1162, LogLevel.Error, "A {Event} can't be written to the journal")]
        public static partial void NotALine(ILogger logger, Exception error, string @event);
    }
}
