using Microsoft.Extensions.Logging;

namespace VpcRouter.Hosting;

internal sealed partial class VpcObserver
{
    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Error, "The VPC can't be looked at: {Code}: {Message} ({Failures} in a row, next try in {Seconds} s); routes stay as they are, failovers go on from what was seen last")]
        public static partial void LookFailed(ILogger logger, string code, string message, int failures, double seconds);

        [LoggerMessage(1112, LogLevel.Information, "The VPC can be looked at again after {Failures} failures")]
        public static partial void LookSucceeded(ILogger logger, int failures);
    }
}
