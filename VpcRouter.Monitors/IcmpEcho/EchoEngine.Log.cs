using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.IcmpEcho;

internal sealed partial class EchoEngine
{
    [LoggerMessage(3101, LogLevel.Error, "Receiving ICMP replies ({Family}) failed: {Error}; trying again.")]
    private partial void LogReceiveFailed(AddressFamily family, SocketError error);
}
