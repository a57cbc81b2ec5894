using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore;

internal sealed partial class FailureFilter
{
    [LoggerMessage(EventId = 4000, Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailed(string method, string path, Exception exception);
}
