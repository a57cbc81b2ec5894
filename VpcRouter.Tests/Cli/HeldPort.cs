using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Tests.Cli;

/// <summary>A port of loopback on which nobody listens, nor can anybody until it is disposed.</summary>
internal sealed class HeldPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HeldPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Url => new($"http://{_socket.LocalEndPoint}");

    public void Dispose() => _socket.Dispose();
}
