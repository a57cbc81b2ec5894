using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.Tcp;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Monitors;

namespace VpcRouter.Tests.Probing;

/// <summary>The self-check against real kernels, links and routes.</summary>
internal sealed class SystemNetworkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly SystemNetwork _network = new();

    [Test]
    public void SourceTo_Loopback_IsLoopback() => _network.SourceTo(IPAddress.Loopback).Should().Be(IPAddress.Loopback);

    [Test]
    public void SourceTo_LoopbackIPv6_IsLoopback()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        _network.SourceTo(IPAddress.IPv6Loopback).Should().Be(IPAddress.IPv6Loopback);
    }

    [TestCase("10.99.0.2")]
    [TestCase("fd00:99::2")]
    public void IsBlind_NothingButLoopback_True(string host) => NetworkNamespace.Run(() => BecomesBlind(host));

    [Test]
    public void IsBlind_LinkAndRoute_ComeAndGo() => NetworkNamespace.Run(() =>
    {
        NetworkNamespace.Ip("link add near type veth peer name far");
        NetworkNamespace.Ip("addr add 10.99.0.1/24 dev near");
        NetworkNamespace.Ip("link set near up");
        NetworkNamespace.Ip("link set far up");
        BecomesSighted("10.99.0.2");
        BecomesBlind("10.98.0.2");
        BecomesSighted("10.98.0.2", "10.99.0.2");

        NetworkNamespace.Ip("link set far down");
        BecomesBlind("10.99.0.2");
        BecomesSighted("10.99.0.1");
        BecomesSighted("127.0.0.1", "10.99.0.2");
        NetworkNamespace.Ip("link set far up");
        BecomesSighted("10.99.0.2");

        NetworkNamespace.Ip("link set near down");
        BecomesBlind("10.99.0.2");
        NetworkNamespace.Ip("link set near up");
        NetworkNamespace.Ip("route add unreachable 10.97.0.0/24");
        BecomesBlind("10.97.0.2");
        NetworkNamespace.Ip("route add blackhole 10.96.0.0/24");
        BecomesBlind("10.96.0.2");
        NetworkNamespace.Ip("route add default via 10.99.0.2");
        BecomesSighted("10.98.0.2");
    });

    [Test]
    public void IsBlind_IPv6_GoesByItsOwnRoutes() => NetworkNamespace.Run(() =>
    {
        NetworkNamespace.Ip("link add near type veth peer name far");
        NetworkNamespace.Ip("link set near up");
        NetworkNamespace.Ip("link set far up");
        NetworkNamespace.Ip("-6 addr add fd00:99::1/64 dev near nodad");

        BecomesSighted("fd00:99::2");
        BecomesBlind("fd00:98::2");
        NetworkNamespace.Ip("link set far down");
        BecomesBlind("fd00:99::2");
    });

    [Test]
    public void Monitor_NoLink_IsBlindUntilThereIsOne() => NetworkNamespace.Run(() =>
    {
        // Its loop has a thread of its own, which inherits this one's namespace.
        var interval = TimeSpan.FromMilliseconds(100);
        var monitor = new TcpMonitor(new TcpSettings { Interval = interval, Timeout = interval }, TimeProvider.System, NullLogger<TcpMonitor>.Instance);
        var run = new RunningMonitor(monitor);
        run.Give("10.99.0.2", "10.99.0.3");
        SpinWait.SpinUntil(() => monitor.Problem is not null, Limit).Should().BeTrue("it should find itself blind");
        run.WaitingReports.Should().Be(0);

        NetworkNamespace.Ip("link add near type veth peer name far");
        NetworkNamespace.Ip("addr add 10.99.0.1/24 dev near");
        NetworkNamespace.Ip("link set far up");
        NetworkNamespace.Ip("link set near up");

        SpinWait.SpinUntil(() => run.WaitingReports > 0, Limit).Should().BeTrue("it should report once it sees");
        monitor.Problem.Should().BeNull();
        run.NextFailedAsync().GetAwaiter().GetResult().Should().Equal("10.99.0.2", "10.99.0.3");
        run.DisposeAsync().AsTask().GetAwaiter().GetResult();
    });

    private void BecomesBlind(params string[] hosts) => Becomes(true, hosts);

    private void BecomesSighted(params string[] hosts) => Becomes(false, hosts);

    /// <summary>The kernel follows up a change of a link within a second or so, and nobody can be awaited on the namespace's thread.</summary>
    private void Becomes(bool blind, string[] hosts)
    {
        var check = new NetworkSelfCheck(_network);
        var list = new HostList(hosts.Select(IPAddress.Parse));
        SpinWait.SpinUntil(() => check.IsBlind(list) == blind, Limit).Should().BeTrue("{0} should be found {1}", string.Join(", ", hosts), blind ? "out of reach" : "within reach");
    }
}
