using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore.Security;

internal sealed partial class AccessToken
{
    [LoggerMessage(EventId = 4020, Level = LogLevel.Information, Message = "The token in {File} has changed; the new one counts from now on.")]
    private partial void LogChanged(string file);

    [LoggerMessage(EventId = 4021, Level = LogLevel.Error, Message = "{Problem}. The token read before stays in force.")]
    private partial void LogUnfit(string problem);

    [LoggerMessage(EventId = 4022, Level = LogLevel.Warning, Message = "Anybody on this machine may read the token in {File}; chmod 600 keeps it to its owner.")]
    private partial void LogForAllToRead(string file);
}
