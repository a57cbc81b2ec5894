using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.Multi;

internal sealed partial class MultiMonitor
{
    [LoggerMessage(3210, LogLevel.Warning, "Sub-monitors did not stop in time: {Names}.")]
    private partial void LogStopTimedOut(string names);
}
