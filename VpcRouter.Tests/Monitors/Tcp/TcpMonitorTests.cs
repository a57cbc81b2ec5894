using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.Tcp;

namespace VpcRouter.Tests.Monitors.Tcp;

[TestFixture(true)]
[TestFixture(false)]
internal sealed class TcpMonitorTests(bool isNative)
{
    private const string A = "127.77.1.1";
    private const string B = "127.77.1.2";

    [OneTimeSetUp]
    public void SkipNativeElsewhere()
    {
        if (isNative && !(OperatingSystem.IsLinux() && Environment.Is64BitProcess))
            Assert.Ignore("Linux's own system calls are used on 64-bit Linux only.");
    }

    [Test]
    public async Task Monitor_ListenersComeAndGo_FollowsThem()
    {
        using var first = Listen(A);
        var port = PortOf(first);
        await using var run = new RunningMonitor(Monitor(port));
        run.Give(A, B);

        (await run.NextFailedAsync()).Should().Equal(B);
        first.Stop();
        (await run.NextFailedAsync()).Should().Equal(A, B);
        using var second = Listen(A, port);
        (await run.NextFailedAsync()).Should().Equal(B);
        using var other = Listen(B, port);
        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_IPv6_Works()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        using var listener = Listen("::1");
        await using var run = new RunningMonitor(Monitor(PortOf(listener)));

        run.Give("::1");

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_ConnectionRequestsVanish_FailsTheHost()
    {
        // A full backlog drops further requests without a word.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse(A), 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var filling = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync(IPAddress.Parse(A), port);
        await using var run = new RunningMonitor(Monitor(port, timeout: TimeSpan.FromMilliseconds(50)));

        run.Give(A);

        (await run.NextFailedAsync()).Should().Equal(A);
    }

    [Test]
    public async Task Monitor_ManyChecks_LeaveNoTimeWait()
    {
        using var listener = Listen(A);
        await using (var run = new RunningMonitor(Monitor(PortOf(listener))))
        {
            run.Give(A);
            await run.NextAsync();
            for (var i = 0; i < 5; i++)
                (await listener.AcceptSocketAsync()).Dispose();
        }

        Connections.To(listener.LocalEndpoint).Should().NotContain(TcpState.TimeWait);
    }

    [Test]
    public async Task Monitor_Stopped_EndsWithChecksInFlight()
    {
        using var listener = Listen(A);
        var run = new RunningMonitor(Monitor(PortOf(listener), timeout: TimeSpan.FromMinutes(1)));
        run.Give(A);
        await run.NextAsync();

        await run.StopAsync();

        run.Running.IsCanceled.Should().BeTrue();
        await run.DisposeAsync();
    }

    [Test]
    public async Task Statistics_AfterChecks_CountThem()
    {
        using var listener = Listen(A);
        var monitor = Monitor(PortOf(listener));
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await run.NextAsync();

        ((long)monitor.GetStatistics()["checks_sent"]!).Should().BePositive();
    }

    private TcpMonitor Monitor(int port, TimeSpan? timeout = null) => new(
        new TcpSettings { Interval = TimeSpan.FromMilliseconds(100), Port = port, Timeout = timeout ?? TimeSpan.FromSeconds(5) },
        isNative,
        TimeProvider.System,
        NullLogger<TcpMonitor>.Instance);

    private static TcpListener Listen(string address, int port = 0)
    {
        var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
