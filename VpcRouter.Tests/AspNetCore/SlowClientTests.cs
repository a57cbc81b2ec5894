using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Clients that begin and never end.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class SlowClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase("GET /ips HTTP/1.1\r\nHost: local")]
    [TestCase("POST /route_spec HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16777216\r\n\r\n{")]
    [TestCase("POST /route_spec HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n{")]
    public async Task ManySlowClients_Connected_HurtNobodyAndAreCutOff(string beginning)
    {
        await using var host = (await EndpointHost.StartAsync()).InHttpMode();
        var slow = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => BeginAsync(host.Client.BaseAddress!, beginning)));

        using var posted = await host.SendAsync(HttpMethod.Post, "/route_spec", """{"10.1.0.0/16": ["10.33.20.93"]}""");
        using var got = await host.SendAsync(HttpMethod.Get, "/ips");

        (posted.StatusCode, got.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        foreach (var client in slow)
        {
            await EndAsync(client);
            client.Dispose();
        }
    }

    private static async Task<TcpClient> BeginAsync(Uri server, string beginning)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning));
        return client;
    }

    // The server says why, or not; it ends the connection.
    private static async Task EndAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().CopyToAsync(Stream.Null).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Cut off in the middle.
        }
    }
}
