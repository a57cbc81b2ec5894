using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Tests.Support;

/// <summary>
/// A port of loopback on which nobody listens, kept from everybody who takes any port that is free. Who asks for just this one may
/// listen on it meanwhile.
/// </summary>
internal sealed class HeldPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HeldPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public Uri Url => new($"http://{_socket.LocalEndPoint}");

    public void Dispose() => _socket.Dispose();
}
