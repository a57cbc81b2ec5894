using Microsoft.Extensions.Logging;

namespace VpcRouter.Simulator.Endpoint;

internal sealed partial class Ec2Endpoint
{
    [LoggerMessage(EventId = 6001, Level = LogLevel.Error,
        Message = "The simulator failed to answer {Action}; the caller got InternalError.")]
    private partial void LogUnexpected(Exception exception, string action);
}
