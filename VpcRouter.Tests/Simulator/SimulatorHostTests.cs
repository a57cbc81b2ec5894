using System.Net;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class SimulatorHostTests
{
    [Test]
    public async Task StartAsync_Twice_GivesEachItsOwnPort()
    {
        await using var one = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        await using var two = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        one.Endpoint.Should().NotBe(two.Endpoint);
        one.ProbePort.Should().Be(0);
    }

    [Test]
    public async Task StartAsync_DefaultTopology_HasSixAnsweringHosts()
    {
        await using var host = await SimulatorHost.StartAsync(new SimulatorOptions { ProbePort = 0 });
        host.ProbePort.Should().BePositive();
        host.Vpc.GetState().Hosts.Should().HaveCount(6).And.OnlyContain(h => h.Answering);
    }

    [Test]
    public async Task StartAsync_PortTaken_ThrowsIOExceptionWithTheAddress()
    {
        await using var one = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        var second = () => SimulatorHost.StartAsync(new SimulatorOptions
        {
            Topology = TestTopology.Small,
            Listen = new IPEndPoint(IPAddress.Loopback, one.Endpoint.Port),
        });
        (await second.Should().ThrowAsync<IOException>()).WithMessage($"*127.0.0.1:{one.Endpoint.Port}*");
    }

    [Test]
    public async Task StartAsync_WrongOptions_NamesEveryOne()
    {
        var start = () => SimulatorHost.StartAsync(new SimulatorOptions
        {
            Listen = new IPEndPoint(IPAddress.Any, 0),
            ProbePort = -1,
            TransitionTime = TimeSpan.FromSeconds(-1),
            CallLogCapacity = 0,
        });
        (await start.Should().ThrowAsync<ArgumentException>()).Which.Message.Should()
            .Contain("Listen '0.0.0.0:0' is no loopback address").And.Contain("ProbePort").And.Contain("TransitionTime").And.Contain("CallLogCapacity");
    }

    [Test]
    public async Task DisposeAsync_ConnectionOpen_ReturnsAndRefusesFurtherCalls()
    {
        var host = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        using var http = new HttpClient { BaseAddress = host.Endpoint };
        await http.GetAsync(new Uri("/_simulator/state", UriKind.Relative));
        await host.DisposeAsync();
        await FluentActions.Awaiting(() => http.GetAsync(new Uri("/_simulator/state", UriKind.Relative))).Should().ThrowAsync<HttpRequestException>();
    }

    [Test]
    public async Task StartAsync_OneTopologyTwice_SharesNoState()
    {
        await using var one = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        await using var two = await SimulatorHost.StartAsync(new SimulatorOptions { Topology = TestTopology.Small });
        one.Vpc.SetHostState(IPAddress.Parse("127.9.1.10"), HostState.Terminated);
        two.Vpc.GetState().Hosts[0].InstanceState.Should().Be("running");
    }
}
