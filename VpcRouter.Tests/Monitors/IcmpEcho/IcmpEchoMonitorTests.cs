using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Plugins;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

internal sealed class IcmpEchoMonitorTests
{
    private const string A = "127.78.0.1";
    private const string B = "127.78.0.2";

    [OneTimeSetUp]
    public void NeedsPermission()
    {
        try
        {
            Open(AddressFamily.InterNetwork).Dispose();
        }
        catch (PluginException e)
        {
            Assert.Ignore(e.Message);
        }
    }

    [Test]
    public async Task Monitor_HostDiesAndComesBack_FollowsIt()
    {
        var socket = new DeafEchoSocket(Open(AddressFamily.InterNetwork));
        socket.Dead[B] = true;
        await using var run = new RunningMonitor(Monitor(_ => socket, TimeSpan.FromMilliseconds(300)));
        run.Give(A, B);

        (await run.NextFailedAsync()).Should().Equal(B);
        socket.Dead.TryRemove(B, out _);
        (await run.NextFailedAsync()).Should().BeEmpty();
        socket.Dead[A] = true;
        (await run.NextFailedAsync()).Should().Equal(A);
    }

    [Test]
    public async Task Monitor_BothFamilies_AreProbed()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using var run = new RunningMonitor(Monitor(Open));

        run.Give(A, "::1");

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_ManyHosts_NoneIsCalledDead()
    {
        await using var run = new RunningMonitor(Monitor(Open));

        run.Give([.. Enumerable.Range(1, 2000).Select(i => $"127.78.{i >> 8}.{i & 255}")]);

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_NotPermittedToSend_FailsNobody()
    {
        // Pinging the loopback's broadcast address is refused by the kernel before anything is sent.
        await using var run = new RunningMonitor(Monitor(Open, TimeSpan.FromMilliseconds(300)));

        run.Give(A, "127.255.255.255");

        (await run.NextFailedAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Monitor_NoSocketForIPv6_FailsNobodyAndJudgesIPv4()
    {
        var socket = new DeafEchoSocket(Open(AddressFamily.InterNetwork));
        socket.Dead[B] = true;
        await using var run = new RunningMonitor(Monitor(
            family => family == AddressFamily.InterNetwork ? socket : throw new SocketException((int)SocketError.AddressFamilyNotSupported),
            TimeSpan.FromMilliseconds(300)));

        run.Give(A, B, "::1");

        (await run.NextFailedAsync()).Should().Equal(B);
    }

    [Test]
    public async Task Statistics_AfterPings_CountThem()
    {
        var monitor = Monitor(Open);
        await using var run = new RunningMonitor(monitor);
        run.Give(A);
        await run.NextAsync();

        ((long)monitor.GetStatistics()["pings_sent"]!).Should().BePositive();
    }

    private static IEchoSocket Open(AddressFamily family) => EchoSocket.Open(family, TimeProvider.System);

    private static IcmpEchoMonitor Monitor(Func<AddressFamily, IEchoSocket> open, TimeSpan? timeout = null) => new(
        new IcmpEchoSettings { Interval = TimeSpan.FromMilliseconds(200), Timeout = timeout ?? TimeSpan.FromSeconds(10) },
        open,
        TimeProvider.System,
        NullLogger<IcmpEchoMonitor>.Instance);
}
