using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Simulator.Probes;

/// <summary>Answers TCP probes on one address: accepts and closes.</summary>
internal sealed partial class ProbeListener : IDisposable
{
    private readonly Socket _socket;
    private readonly ILogger _logger;

    private ProbeListener(Socket socket, ILogger logger)
    {
        _socket = socket;
        _logger = logger;
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Binds and listens; from here on probes are answered.</summary>
    /// <exception cref="IOException">The address and port can't be bound.</exception>
    public static ProbeListener Open(IPAddress address, int port, ILogger logger)
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

        var listener = new ProbeListener(socket, logger);
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
                LogAcceptFailed(e, _socket.LocalEndPoint);
            }
        }
    }
}
