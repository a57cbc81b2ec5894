using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Acme.Probe.Tests;

/// <summary>A host that greets whoever connects.</summary>
internal sealed class GreetingServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _serving;

    public GreetingServer(string address, string greeting, int port = 0)
    {
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(greeting));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(byte[] greeting)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await GreetAsync(client, greeting);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was closed: the host is dead.
        }
    }

    private static async Task GreetAsync(TcpClient client, byte[] greeting)
    {
        try
        {
            await client.Client.SendAsync(greeting);
        }
        catch (SocketException)
        {
            // The client gave up.
        }
    }
}
