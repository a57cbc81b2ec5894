using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using VpcRouter.Monitors.Http;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;

namespace VpcRouter.Tests.Monitors.Http;

internal sealed class HttpMonitorTests
{
    private const string A = "127.78.1.1";
    private const string B = "127.78.1.2";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Test]
    public async Task Monitor_ServersComeAndGo_FollowsThem()
    {
        var first = ScriptedServer.Answering(A, Ok);
        var port = first.Port;
        await using var run = new RunningMonitor(Monitor(port));
        run.Give(A, B);
        (await run.NextFailedAsync()).Should().Equal(B);

        await first.DisposeAsync();

        (await run.NextFailedAsync()).Should().Equal(A, B);
    }

    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", "200-399", true)]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", "200", false)]
    [TestCase("HTTP/1.1 503 Service Unavailable\r\n\r\n", "200-399", false)]
    [TestCase("HTTP/1.1 503 Service Unavailable\r\n\r\n", "503", true)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "200", true)]
    [TestCase("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "200", true)]
    [TestCase("SSH-2.0-OpenSSH_9.6\r\n", "200-599", false)]
    public async Task Monitor_Answer_DecidesByItsStatusAlone(string answer, string status, bool isGood)
    {
        await using var server = ScriptedServer.Answering(A, answer);
        await using var run = new RunningMonitor(Monitor(server.Port, settings => settings.Status = StatusRange.Parse(status, null)));

        run.Give(A);

        (await run.NextFailedAsync()).Should().Equal(isGood ? [] : [A]);
    }

    [Test]
    public async Task Monitor_Request_IsOneGetThatClosesTheConnection()
    {
        await using var server = ScriptedServer.Answering(A, Ok);
        await using var run = new RunningMonitor(Monitor(server.Port, settings => settings.Path = "/healthz?deep=1"));

        run.Give(A);

        (await server.Requests.Reader.ReadAsync()).Should().Be($"GET /healthz?deep=1 HTTP/1.1\r\nHost: {A}:{server.Port}\r\nUser-Agent: vpcrouter\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        (await server.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
    }

    [TestCase("10.0.0.1", null, 80, "10.0.0.1")]
    [TestCase("10.0.0.1", null, 8080, "10.0.0.1:8080")]
    [TestCase("2001:db8::1", null, 80, "[2001:db8::1]")]
    [TestCase("2001:db8::1", null, 8080, "[2001:db8::1]:8080")]
    [TestCase("10.0.0.1", "router.example.com", 8080, "router.example.com:8080")]
    public void RequestTo_Host_NamesIt(string host, string? name, int port, string expected) =>
        Encoding.ASCII.GetString(HttpMonitor.RequestTo(IPAddress.Parse(host), new HttpSettings { Host = name, Port = port })).Should().Contain($"\r\nHost: {expected}\r\n");

    [Test]
    public async Task Monitor_AnswerDripsByteByByte_EndsAtTheDeadlineAllTheSame()
    {
        await using var server = new ScriptedServer(A, async (stream, stopping) =>
        {
            while (!stopping.IsCancellationRequested)
            {
                await stream.WriteAsync("H"u8.ToArray(), stopping);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stopping);
            }
        });
        await using var run = new RunningMonitor(Monitor(server.Port, settings => settings.Timeout = TimeSpan.FromMilliseconds(200)));

        run.Give(A);

        (await run.NextFailedAsync()).Should().Equal(A);
    }

    [Test]
    public async Task Monitor_BodyWithoutEnd_IsNotRead()
    {
        var sent = 0L;
        await using var server = new ScriptedServer(A, async (stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stopping);
            for (var block = new byte[65536]; ; Interlocked.Add(ref sent, block.Length))
                await stream.WriteAsync(block, stopping);
        });
        await using var run = new RunningMonitor(Monitor(server.Port));

        run.Give(A);

        (await run.NextFailedAsync()).Should().BeEmpty();
        (await server.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
    }

    [Test]
    public async Task Monitor_ConnectionClosedWithoutAnAnswer_FailsTheHost()
    {
        var log = new RecordingLogger<HttpMonitor>();
        await using var server = new ScriptedServer(A, (stream, _) =>
        {
            stream.Socket.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        });
        await using var run = new RunningMonitor(new HttpMonitor(Settings(server.Port), TimeProvider.System, log));

        run.Give(A);

        (await run.NextFailedAsync()).Should().Equal(A);
        log.Lines.Should().Contain($"Host {A} has failed, says http: it closed the connection without an answer.");
    }

    [Test]
    public async Task Monitor_ConnectionReset_FailsTheHost()
    {
        await using var server = new ScriptedServer(A, (stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });
        await using var run = new RunningMonitor(Monitor(server.Port));

        run.Give(A);

        (await run.NextFailedAsync()).Should().Equal(A);
    }

    [Test]
    public async Task Monitor_IPv6_Works()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using var server = ScriptedServer.Answering("::1", Ok);
        await using var run = new RunningMonitor(Monitor(server.Port));

        run.Give("::1");

        (await run.NextFailedAsync()).Should().BeEmpty();
        (await server.Requests.Reader.ReadAsync()).Should().Contain($"Host: [::1]:{server.Port}\r\n");
    }

    [Test]
    public async Task Monitor_ManyChecks_LeaveNoConnectionBehind()
    {
        await using var server = ScriptedServer.Answering(A, Ok);
        await using (var run = new RunningMonitor(Monitor(server.Port)))
        {
            run.Give(A);
            for (var i = 0; i < 5; i++)
                await server.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }

        var at = new IPEndPoint(IPAddress.Parse(A), server.Port);
        // The monitor doesn't wait for long until the last check has ended.
        await Eventually.BeTrueAsync(() => !Connections.To(at).Contains(TcpState.Established));
        Connections.To(at).Should().NotContain(TcpState.TimeWait);
    }

    [Test]
    public async Task Statistics_AfterChecks_CountThem()
    {
        await using var server = ScriptedServer.Answering(A, Ok);
        var monitor = Monitor(server.Port);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await run.NextAsync();

        ((long)monitor.GetStatistics()["checks_sent"]!).Should().BePositive();
    }

    private static HttpMonitor Monitor(int port, Action<HttpSettings>? configure = null) =>
        new(Settings(port, configure), TimeProvider.System, new RecordingLogger<HttpMonitor>());

    private static HttpSettings Settings(int port, Action<HttpSettings>? configure = null)
    {
        var settings = new HttpSettings { Interval = TimeSpan.FromMilliseconds(100), Port = port, Timeout = TimeSpan.FromSeconds(10) };
        configure?.Invoke(settings);
        return settings;
    }
}
