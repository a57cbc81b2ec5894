using System.Net;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Probing;

internal sealed class NetworkSelfCheckTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    [Test]
    public void IsBlind_NoRoute_True() => IsBlind(FakeNetwork.Lost, A, B).Should().BeTrue();

    [Test]
    public void IsBlind_RouteButNoLink_True() => IsBlind(new FakeNetwork { HasLink = false }, A, B).Should().BeTrue();

    [Test]
    public void IsBlind_RouteAndLink_False() => IsBlind(new FakeNetwork(), A, B).Should().BeFalse();

    [Test]
    public void IsBlind_WayToOneHost_False() => IsBlind(new FakeNetwork { HasRoute = host => host.ToString() == B }, A, B).Should().BeFalse();

    [TestCase("127.0.0.1")]
    [TestCase("127.1.2.3")]
    [TestCase("::1")]
    public void IsBlind_HostOnLoopback_NeedsNoLink(string host) => IsBlind(FakeNetwork.Lost, host).Should().BeFalse();

    [Test]
    public void IsBlind_HostIsThisMachine_NeedsNoLink() => IsBlind(new FakeNetwork { HasLink = false }, "10.0.0.250").Should().BeFalse();

    [Test]
    public void IsBlind_NoHosts_False() => IsBlind(FakeNetwork.Lost).Should().BeFalse();

    [Test]
    public void IsBlind_CanNotBeFoundOut_False() => IsBlind(new FakeNetwork { IsBroken = true }, A).Should().BeFalse();

    [TestCase(1)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(100_000)]
    public void IsBlind_ManyHosts_AsksAboutSome(int count)
    {
        var network = FakeNetwork.Lost;

        new NetworkSelfCheck(network).IsBlind(new HostList(Enumerable.Range(0, count).Select(i => new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i])))).Should().BeTrue();

        network.Asked.Should().BeInRange(Math.Min(count, 128), NetworkSelfCheck.MostHosts);
    }

    private static bool IsBlind(FakeNetwork network, params string[] hosts) => new NetworkSelfCheck(network).IsBlind(new HostList(hosts.Select(IPAddress.Parse)));
}
