using System.Net;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Simulator.Probes;

internal sealed partial class ProbeListener
{
    [LoggerMessage(EventId = 6011, Level = LogLevel.Debug, Message = "A probe of {Address} could not be accepted.")]
    private partial void LogAcceptFailed(Exception exception, IPEndPoint address);
}
