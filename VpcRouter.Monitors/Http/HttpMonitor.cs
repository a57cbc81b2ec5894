using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Logging;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Http;

/// <summary>
/// A host is alive when it answers a GET with a status of a range. Each check is a connection of its own, and reads no further than the
/// status line: neither headers nor body can keep it busy.
/// </summary>
internal sealed class HttpMonitor : ProbeMonitor
{
    private const int BufferSize = 4096;
    private static readonly LingerOption Abort = new(enable: true, seconds: 0);
    private readonly HttpSettings _settings;
    private readonly HttpTls? _tls;

    /// <exception cref="SettingsException">The file of authorities can't be used.</exception>
    public HttpMonitor(HttpSettings settings, TimeProvider time, ILogger<HttpMonitor> logger, IMeterFactory? meters = null)
        : base("http", "checks_sent", ProbeTiming.Of(settings.Interval, settings.Timeout), settings, time, logger, meters)
    {
        _settings = settings;
        _tls = settings.Tls ? new HttpTls(settings) : null;
    }

    internal static byte[] RequestTo(IPAddress host, HttpSettings settings)
    {
        var name = settings.Host ?? (host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host.ToString());
        var port = settings.IsUsualPort ? "" : $":{settings.EffectivePort}";
        return Encoding.ASCII.GetBytes($"GET {settings.Path} HTTP/1.1\r\nHost: {name}{port}\r\nUser-Agent: vpcrouter\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    }

    protected override async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        try
        {
            using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // Closing with a reset leaves no TIME_WAIT behind, and spares both ends a body that nobody reads.
            socket.LingerState = Abort;
            socket.NoDelay = true;
            var begun = Time.GetTimestamp();
            await socket.ConnectAsync(new IPEndPoint(host, _settings.EffectivePort), deadline).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: false);
            await using (plain.ConfigureAwait(false))
            {
                if (_tls is null)
                    return await AskAsync(plain, host, begun, deadline).ConfigureAwait(false);
                var secured = await _tls.GreetAsync(plain, host, deadline).ConfigureAwait(false);
                await using (secured.ConfigureAwait(false))
                    return await AskAsync(secured, host, begun, deadline).ConfigureAwait(false);
            }
        }
        catch (SocketException e)
        {
            return SocketTrouble.Classify(e);
        }
        catch (IOException e)
        {
            return e.InnerException is SocketException inner ? SocketTrouble.Classify(inner) : ProbeResult.Dead("the connection broke off");
        }
        catch (AuthenticationException e)
        {
            return ProbeResult.Dead($"TLS failed: {e.Message.TrimEnd('.')}");
        }
    }

    private async Task<ProbeResult> AskAsync(Stream stream, IPAddress host, long begun, CancellationToken deadline)
    {
        await stream.WriteAsync(RequestTo(host, _settings), deadline).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var answer = new StatusLineReader();
            while (!answer.IsDone)
            {
                var count = await stream.ReadAsync(buffer, deadline).ConfigureAwait(false);
                if (count == 0)
                    return ProbeResult.Dead("it closed the connection without an answer");
                answer.Take(buffer.AsSpan(0, count));
            }

            if (answer.Status is not { } status)
                return ProbeResult.Dead("what it answers is not HTTP");
            return _settings.Status.Contains(status) ? ProbeResult.Alive(Time.GetElapsedTime(begun)) : ProbeResult.Dead($"it answers with status {status}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
