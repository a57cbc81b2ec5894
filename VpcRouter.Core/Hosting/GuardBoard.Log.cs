using Microsoft.Extensions.Logging;

namespace VpcRouter.Hosting;

internal sealed partial class GuardBoard
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 1140, Message = "Held back by {Guard}: {Message}")]
        public static partial void HoldsBack(ILogger logger, LogLevel level, string guard, string message);

        [LoggerMessage(1141, LogLevel.Information, "No longer held back by {Guard}")]
        public static partial void Over(ILogger logger, string guard);
    }
}
