using System.Net;
using System.Net.Sockets;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;

namespace VpcRouter.Monitors.Tcp;

/// <summary>Connects to one host at a time with .NET's sockets: the way where Linux's system calls aren't.</summary>
internal sealed class PlainConnect(int port, TimeProvider time)
{
    private static readonly LingerOption Abort = new(enable: true, seconds: 0);

    public async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        try
        {
            using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // Closing with a reset leaves no TIME_WAIT behind; at thousands of checks a second those would use up the source ports.
            socket.LingerState = Abort;
            var begun = time.GetTimestamp();
            await socket.ConnectAsync(new IPEndPoint(host, port), deadline).ConfigureAwait(false);
            return ProbeResult.Alive(time.GetElapsedTime(begun));
        }
        catch (SocketException e)
        {
            return SocketTrouble.Classify(e);
        }
    }
}
