using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.Multi;

internal sealed partial class SubMonitor
{
    [LoggerMessage(3200, LogLevel.Error, "Sub-monitor {Name} ended and has no vote now; starting it again in {Seconds} s.")]
    private partial void LogDown(Exception? exception, string name, double seconds);

    [LoggerMessage(3201, LogLevel.Warning, "Sub-monitor {Name} could not be cleaned up.")]
    private partial void LogDisposeFailed(Exception exception, string name);
}
