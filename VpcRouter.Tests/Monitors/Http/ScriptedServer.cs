using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace VpcRouter.Tests.Monitors.Http;

/// <summary>A server on a raw socket that keeps to no protocol but the test's.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly Task _accepting;

    public ScriptedServer(string address, Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The requests' heads as they came.</summary>
    public Channel<string> Requests { get; } = Channel.CreateUnbounded<string>();

    /// <summary>One element for each connection that the peer ended.</summary>
    public Channel<bool> Ended { get; } = Channel.CreateUnbounded<bool>();

    public static ScriptedServer Answering(string address, string answer) =>
        new(address, (stream, stopping) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stopping).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                Requests.Writer.TryWrite(await ReadHeadAsync(stream));
                await _serve(stream, _stopping.Token);
                while (await stream.ReadAsync(new byte[1024], _stopping.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }

            Ended.Writer.TryWrite(true);
        }
    }

    /// <summary>Reads up to the empty line, or one byte of a peer that speaks TLS.</summary>
    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        const char tlsHandshake = '\u0016';
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && !head.ToString().StartsWith(tlsHandshake) && await stream.ReadAsync(octet, _stopping.Token) > 0)
            head.Append((char)octet[0]);
        return head.ToString();
    }
}
