using System.Net;
using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore.Security;

internal sealed partial class RequestGuard
{
    [LoggerMessage(EventId = 4030, Level = LogLevel.Warning, Message = "{Method} {Path} from {Client} was refused with {Status}: {Why} (number {Count} of its kind)")]
    private partial void LogRefused(string method, string path, IPAddress? client, int status, string why, long count);
}
