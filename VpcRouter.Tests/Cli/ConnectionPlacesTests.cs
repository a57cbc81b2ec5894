using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VpcRouter.Cli.Server;

namespace VpcRouter.Tests.Cli;

/// <summary>A server with three places, on real sockets.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionPlacesTests
{
    private const int Places = 3;
    private const string HalfARequest = "GET / HTTP/1.1\r\nHost: local";
    private const string Request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource _answering = new();
    private readonly TaskCompletionSource _answer = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Channel<string> _placed = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _idleAgain = Channel.CreateUnbounded<string>();
    private WebApplication _app = null!;

    [SetUp]
    public async Task StartServer()
    {
        var places = new ConnectionPlaces(Places);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
        {
            var connected = places.OnConnectionAsync(connection, next);
            _placed.Writer.TryWrite(connection.ConnectionId);
            return connected;
        })));
        _app = builder.Build();
        _app.Use(next => async context =>
        {
            await places.OnRequestAsync(context, next);
            _idleAgain.Writer.TryWrite(context.Connection.Id);
        });
        _app.MapGet("/healthz", () => "ok");
        _app.MapGet("/slow", async context =>
        {
            _answering.SetResult();
            await _answer.Task;
            await context.Response.WriteAsync("at last");
        });
        await _app.StartAsync();
    }

    [TearDown]
    public async Task StopServer()
    {
        _answer.TrySetResult();
        _clients.ForEach(client => client.Dispose());
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Newcomer_AllPlacesTaken_TakesThatOfTheLongestIdle()
    {
        var first = await ConnectAsync(HalfARequest);
        var second = await ConnectAsync(Request);
        await ReadOnceAsync(second);
        await ConnectAsync("");

        (await AskAsync("/healthz")).Should().Be("ok");
        await EndAsync(first);
    }

    [Test]
    public async Task Newcomer_AllPlacesTaken_LeavesThoseThatAreBeingAnswered()
    {
        var slow = AskAsync("/slow");
        await _answering.Task.WaitAsync(Patience);
        await PlacedAsync();
        for (var i = 0; i < Places * 3; i++)
            await ConnectAsync(HalfARequest);

        (await AskAsync("/healthz")).Should().Be("ok");
        _answer.SetResult();
        (await slow).Should().Be("at last");
    }

    [Test]
    public async Task Connection_AnsweredAndIdleAgain_GoesInItsTurn()
    {
        var kept = await ConnectAsync(Request);
        await ReadOnceAsync(kept);
        for (var i = 0; i < Places * 2; i++)
            await ConnectAsync(HalfARequest);

        await EndAsync(kept);
    }

    private async Task<string> AskAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        return await client.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    private async Task<TcpClient> ConnectAsync(string beginning)
    {
        var url = new Uri(_app.Urls.Single());
        var client = new TcpClient();
        _clients.Add(client);
        await client.ConnectAsync(url.Host, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning));
        // The server takes up connections on threads of its own, and so not always in the order in which they were made.
        await PlacedAsync();
        return client;
    }

    private Task<string> PlacedAsync() => _placed.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task ReadOnceAsync(TcpClient client)
    {
        (await client.GetStream().ReadAsync(new byte[4096]).AsTask().WaitAsync(Patience)).Should().BePositive();
        await _idleAgain.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    private static async Task EndAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().CopyToAsync(Stream.Null).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Cut off.
        }
    }
}
