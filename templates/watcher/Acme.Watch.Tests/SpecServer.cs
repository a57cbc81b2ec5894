using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Acme.Watch.Tests;

/// <summary>An HTTP server on loopback that has one document.</summary>
internal sealed class SpecServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public SpecServer(string document)
    {
        Document = document;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Document { get; set; }

    public string Url => $"http://{_listener.LocalEndpoint}/spec.json";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was closed: the test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            while (!string.IsNullOrEmpty(await reader.ReadLineAsync()))
            {
            }

            var body = Encoding.UTF8.GetBytes(Document);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await client.GetStream().WriteAsync(body);
        }
        catch (IOException)
        {
            // The client gave up.
        }
    }
}
