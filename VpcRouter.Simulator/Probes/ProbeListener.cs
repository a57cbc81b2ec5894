using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Simulator.Probes;

/// <summary>Answers TCP probes on one address: accepts and closes.</summary>
internal sealed partial class ProbeListener : IDisposable
{
    // Without a pause a shortage of descriptors would make the loop spin.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IPEndPoint _endpoint;

    private ProbeListener(Socket socket, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _time = time;
        _logger = logger;
        _endpoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public int Port => _endpoint.Port;

    /// <summary>Binds and listens; from here on probes are answered.</summary>
    /// <exception cref="IOException">The address and port can't be bound.</exception>
    public static ProbeListener Open(IPAddress address, int port, TimeProvider time, ILogger logger)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"The probe listener of host {address} can't listen on {new IPEndPoint(address, port)}: {e.Message}. "
                + "Use hosts on 127.x.y.z and a probe port that nothing else uses.", e);
        }

        var listener = new ProbeListener(socket, time, logger);
        _ = listener.AcceptAllAsync();
        return listener;
    }

    public void Dispose() => _socket.Dispose();

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            try
            {
                using var probe = await _socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException e)
            {
                // The prober gave up between connecting and being accepted, or descriptors ran short: the next one may fare better.
                LogAcceptFailed(e, _endpoint);
                await Task.Delay(PauseAfterFailure, _time).ConfigureAwait(false);
            }
        }
    }
}
