using System.Net;
using System.Net.Sockets;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class ProbeListenersTests : SimulatorFixture
{
    private static readonly IPAddress Router = IPAddress.Parse("127.9.1.10");

    protected override SimulatorOptions Options => new() { Topology = TestTopology.Small, ProbePort = 0 };

    [TestCase("127.9.1.10")]
    [TestCase("127.9.1.20")]
    [TestCase("127.9.2.10")]
    [TestCase("127.9.2.11")]
    public async Task Probe_AliveHost_IsAccepted(string address) => (await AnswersAsync(IPAddress.Parse(address))).Should().BeTrue();

    [TestCase(HostState.Dead)]
    [TestCase(HostState.Stopping)]
    [TestCase(HostState.Stopped)]
    [TestCase(HostState.Terminated)]
    public async Task Probe_HostNotAnswering_IsRefused(HostState state)
    {
        Host.Vpc.SetHostState(Router, state);
        (await AnswersAsync(Router)).Should().BeFalse();
        (await AnswersAsync(IPAddress.Parse("127.9.2.10"))).Should().BeTrue();
    }

    [Test]
    public async Task Probe_HostRevived_IsAcceptedOnTheSamePort()
    {
        await AnswersAsync(Router);
        Host.Vpc.SetHostState(Router, HostState.Dead);
        Host.Vpc.SetHostState(Router, HostState.Alive);
        (await AnswersAsync(Router)).Should().BeTrue();
    }

    [Test]
    public async Task StartAsync_ProbePortTaken_NamesAddressAndPort()
    {
        var start = () => SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small, ProbePort = Host.ProbePort });
        (await start.Should().ThrowAsync<IOException>()).WithMessage($"*127.9.1.10:{Host.ProbePort}*");
    }

    private async Task<bool> AnswersAsync(IPAddress address)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(address, Host.ProbePort);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
