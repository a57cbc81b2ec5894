using Microsoft.Extensions.Logging;

namespace VpcRouter.Hosting;

internal sealed partial class PluginSupervisor<TPlugin>
{
    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Error, "The {Role} failed ({Failures} in a row) and is started again in {Seconds} s; what it said last stays in force")]
        public static partial void PluginFailed(ILogger logger, Exception error, string role, int failures, double seconds);

        [LoggerMessage(1102, LogLevel.Warning, "The {Role} could not be disposed of")]
        public static partial void DisposeFailed(ILogger logger, Exception error, string role);
    }
}
