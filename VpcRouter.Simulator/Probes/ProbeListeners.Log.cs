using System.Net;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Simulator.Probes;

internal sealed partial class ProbeListeners
{
    [LoggerMessage(EventId = 6012, Level = LogLevel.Error,
        Message = "The host {Address} is alive but can't answer probes: port {Port} was taken while it was down.")]
    private partial void LogNotReopened(Exception exception, IPAddress address, int port);
}
