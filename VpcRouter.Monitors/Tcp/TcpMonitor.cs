using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;

namespace VpcRouter.Monitors.Tcp;

/// <summary>A host is alive when it accepts a connection.</summary>
internal sealed class TcpMonitor(TcpSettings settings, TimeProvider time, ILogger<TcpMonitor> logger, IMeterFactory? meters = null)
    : ProbeMonitor("tcp", "checks_sent", ProbeTiming.Of(settings.Interval, settings.Timeout), settings, time, logger, meters)
{
    private static readonly LingerOption Abort = new(enable: true, seconds: 0);

    protected override async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        try
        {
            using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // Closing with a reset leaves no TIME_WAIT behind; at thousands of checks a second those would use up the source ports.
            socket.LingerState = Abort;
            var begun = Time.GetTimestamp();
            await socket.ConnectAsync(new IPEndPoint(host, settings.Port), deadline).ConfigureAwait(false);
            return ProbeResult.Alive(Time.GetElapsedTime(begun));
        }
        catch (SocketException e)
        {
            return SocketTrouble.Classify(e);
        }
    }
}
