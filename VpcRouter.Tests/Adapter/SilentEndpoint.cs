using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Tests.Adapter;

/// <summary>Takes connections and never answers.</summary>
internal sealed class SilentEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentEndpoint()
    {
        _listener.Start();
        Connected = _listener.AcceptTcpClientAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The first connection; the others wait in the backlog.</summary>
    public Task<TcpClient> Connected { get; }

    public void Dispose()
    {
        _listener.Dispose();
        if (Connected.IsCompletedSuccessfully)
            Connected.Result.Dispose();
    }
}
