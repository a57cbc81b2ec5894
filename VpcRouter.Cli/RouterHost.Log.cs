using Microsoft.Extensions.Logging;

namespace VpcRouter.Cli;

internal static partial class RouterHost
{
    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "Serving HTTP on {Url}")]
        public static partial void Serving(ILogger logger, string url);

        [LoggerMessage(5002, LogLevel.Warning, "Not everything had ended within {Seconds} s; ending all the same")]
        public static partial void NotEverythingEnded(ILogger logger, double seconds);
    }
}
