using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Plugins;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

internal sealed class EchoSocketTests
{
    [Test]
    public void Open_RawNotPermitted_TakesDatagram()
    {
        var datagram = new FakeEchoSocket();

        EchoSocket.Open(AddressFamily.InterNetwork, (_, type) => type == SocketType.Dgram ? datagram : throw Denied()).Should().BeSameAs(datagram);
    }

    [Test]
    public void Open_NeitherPermitted_NamesBothRemedies()
    {
        var act = () => EchoSocket.Open(AddressFamily.InterNetwork, (_, _) => throw Denied());

        act.Should().Throw<PluginException>().Which.Message.Should()
            .Contain("setcap cap_net_raw+ep").And.Contain("net.ipv4.ping_group_range").And.NotContain("\n");
    }

    [Test]
    public void Open_FamilyMissing_IsNotTakenForPermission()
    {
        var act = () => EchoSocket.Open(AddressFamily.InterNetworkV6, (_, _) => throw new SocketException((int)SocketError.AddressFamilyNotSupported));

        act.Should().Throw<SocketException>();
    }

    [Test]
    public void Monitor_NotPermitted_FailsAtConstruction()
    {
        var act = () => Monitor(family => EchoSocket.Open(family, (_, _) => throw Denied()));

        act.Should().Throw<PluginException>();
    }

    [TestCase(SocketError.HostUnreachable)]
    [TestCase(SocketError.NetworkUnreachable)]
    public async Task Monitor_SendUnreachable_FailsTheHost(SocketError error)
    {
        await using var run = new RunningMonitor(Monitor(_ => new FakeEchoSocket { SendError = _ => error }));

        run.Give("10.0.0.1");

        (await run.NextFailedAsync()).Should().Equal("10.0.0.1");
    }

    private static SocketException Denied() => new((int)SocketError.AccessDenied);

    private static IcmpEchoMonitor Monitor(Func<AddressFamily, IEchoSocket> open) =>
        new(new IcmpEchoSettings { Interval = TimeSpan.FromMilliseconds(100) }, open, TimeProvider.System, NullLogger<IcmpEchoMonitor>.Instance);
}
