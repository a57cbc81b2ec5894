using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Plugins;
using VpcRouter.Tests.Probing;

namespace VpcRouter.Tests.Monitors;

/// <summary>Monitors over the IPv6 loopback where the monitor's own tests don't do it.</summary>
internal sealed class IPv6LoopbackTests
{
    private const string Host = "::1";

    [OneTimeSetUp]
    public void NeedsIPv6()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
    }

    /// <remarks>In a namespace, where everybody can be permitted to use datagram sockets.</remarks>
    [TestCase(SocketType.Raw)]
    [TestCase(SocketType.Dgram)]
    public void IcmpEcho_SocketOfEachKind_FindsItAlive(SocketType type) => NetworkNamespace.Run(() =>
    {
        File.WriteAllText("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
        var run = new RunningMonitor(new IcmpEchoMonitor(
            new IcmpEchoSettings { Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(10) },
            family => EchoSocket.OpenAs(family, type, TimeProvider.System),
            TimeProvider.System,
            NullLogger<IcmpEchoMonitor>.Instance));
        try
        {
            run.Give(Host, "127.0.0.1");

            run.NextFailedAsync().GetAwaiter().GetResult().Should().BeEmpty();
        }
        finally
        {
            run.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    });

    [Test]
    public async Task Multi_OfTcpAndAlways_FollowsTheListener()
    {
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var multi = BuiltInMonitorsTests.Factory(("multi-plugins", "tcp:always"), ("tcp-check-port", $"{port}"), ("tcp-check-interval", "0.1"), ("tcp-check-timeout", "5"))
            .Create(PluginKind.Monitor, "multi");
        await using var run = new RunningMonitor((IMonitorPlugin)multi.Plugin);
        run.Give(Host);

        (await run.NextFailedAsync()).Should().BeEmpty();
        listener.Stop();
        (await run.NextFailedAsync()).Should().Equal(Host);
    }

    [Test]
    public async Task Always_NobodyFails()
    {
        await using var run = new RunningMonitor((IMonitorPlugin)BuiltInMonitorsTests.Factory().Create(PluginKind.Monitor, "always").Plugin);

        run.Give(Host);

        (await run.NextFailedAsync()).Should().BeEmpty();
    }
}
