using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.IcmpEcho;

internal sealed partial class EchoEngine
{
    [LoggerMessage(3100, LogLevel.Error, "Receiving ICMP replies ({Family}) failed; trying again.")]
    private partial void LogReceiveFailed(Exception exception, AddressFamily family);
}
