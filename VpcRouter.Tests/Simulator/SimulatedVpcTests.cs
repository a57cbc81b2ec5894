using System.Net;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class SimulatedVpcTests
{
    private static readonly IPAddress Router = IPAddress.Parse("127.9.1.10");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private SimulatedVpc _vpc = null!;

    [SetUp]
    public void CreateVpc() => _vpc = new SimulatedVpc(TestTopology.Small.Model, _time, TimeSpan.FromSeconds(1), callLogCapacity: 3);

    [Test]
    public void Change_Stop_PassesStoppingForTheTransitionTime()
    {
        _vpc.Change(["i-1"], InstanceRules.Stop);
        StateOf("127.9.1.10").Should().Be("stopping");
        _time.Advance(TimeSpan.FromMilliseconds(999));
        StateOf("127.9.1.10").Should().Be("stopping");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        StateOf("127.9.1.10").Should().Be("stopped");
    }

    [Test]
    public void Change_StartAfterStop_PassesPending()
    {
        _vpc.SetHostState(Router, HostState.Stopped);
        _vpc.Change(["i-1"], InstanceRules.Start);
        StateOf("127.9.1.10").Should().Be("pending");
        _time.Advance(TimeSpan.FromSeconds(1));
        StateOf("127.9.1.10").Should().Be("running");
    }

    [Test]
    public void Change_TerminateWhileStopping_EndsTerminated()
    {
        _vpc.Change(["i-1"], InstanceRules.Stop);
        _vpc.Change(["i-1"], InstanceRules.Terminate);
        _time.Advance(TimeSpan.FromSeconds(1));
        StateOf("127.9.1.10").Should().Be("terminated");
    }

    [Test]
    public void Change_RevivedWhileStopping_IsNotStoppedByTheOldTimer()
    {
        _vpc.Change(["i-1"], InstanceRules.Stop);
        _vpc.SetHostState(Router, HostState.Alive);
        _time.Advance(TimeSpan.FromSeconds(5));
        StateOf("127.9.1.10").Should().Be("running");
    }

    [Test]
    public void Change_OneIdUnknown_ChangesNothing()
    {
        FluentActions.Invoking(() => _vpc.Change(["i-1", "i-9"], InstanceRules.Stop)).Should().Throw<Ec2Exception>();
        StateOf("127.9.1.10").Should().Be("running");
    }

    [Test]
    public void Change_StartTerminated_IsIncorrectInstanceState()
    {
        _vpc.SetHostState(Router, HostState.Terminated);
        FluentActions.Invoking(() => _vpc.Change(["i-1"], InstanceRules.Start)).Should().Throw<Ec2Exception>()
            .Which.Code.Should().Be("IncorrectInstanceState");
    }

    [TestCase(HostState.Alive, "running", true)]
    [TestCase(HostState.Dead, "running", false)]
    [TestCase(HostState.Stopping, "stopping", false)]
    [TestCase(HostState.Stopped, "stopped", false)]
    [TestCase(HostState.Terminated, "terminated", false)]
    public void SetHostState_EachState_ShowsInInstanceAndAnswers(HostState state, string instanceState, bool answering)
    {
        _vpc.SetHostState(IPAddress.Parse("127.9.1.20"), state);
        _vpc.GetState().Hosts[0].Should().Match<SimulatedHost>(h => h.InstanceState == instanceState && h.Answering == answering);
    }

    [Test]
    public void SetHostState_InstanceWithTwoHosts_StopsBothButKillsOne()
    {
        _vpc.SetHostState(IPAddress.Parse("127.9.2.10"), HostState.Dead);
        _vpc.GetState().Hosts.Select(h => h.Answering).Should().Equal(true, false, true);
        _vpc.SetHostState(IPAddress.Parse("127.9.2.10"), HostState.Stopped);
        _vpc.GetState().Hosts.Select(h => h.Answering).Should().Equal(true, false, false);
    }

    [Test]
    public void SetHostState_UnknownAddress_Throws() =>
        FluentActions.Invoking(() => _vpc.SetHostState(IPAddress.Loopback, HostState.Dead)).Should().Throw<KeyNotFoundException>();

    [Test]
    public void SetHostState_AliveAfterTermination_Throws()
    {
        _vpc.SetHostState(Router, HostState.Terminated);
        FluentActions.Invoking(() => _vpc.SetHostState(Router, HostState.Alive)).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void GetState_RouterTerminated_KeepsTheInterfaceIdInTheBlackhole()
    {
        _vpc.SetHostState(Router, HostState.Terminated);
        _vpc.GetState().RouteTables.Single(t => t.Id == "rtb-2").Routes[0]
            .Should().Be(new SimulatedRoute("10.1.0.0/16", "eni-1", "127.9.1.10", "blackhole", "CreateRoute"));
    }

    [Test]
    public void GetState_MainTable_HoldsSubnetsWithoutAssociation() =>
        _vpc.GetState().RouteTables.Single(t => t.Main).Subnets.Should().Equal("subnet-1");

    [Test]
    public async Task WaitForAsync_RouteMovesOff_Completes()
    {
        var moved = _vpc.WaitForAsync(s => !s.RouteTables.SelectMany(t => t.Routes).Any(r => r.Router == "127.9.1.10"));
        moved.IsCompleted.Should().BeFalse();
        _vpc.Update(m => RouteRules.Replace(m, "rtb-2", Destination.Ipv4("10.1.0.0/16"), new RouteTarget(TargetKind.NetworkInterface, "eni-2")));
        (await moved).RouteTables.Single(t => t.Id == "rtb-2").Routes[0].Router.Should().Be("127.9.2.10");
    }

    [Test]
    public async Task WaitForAsync_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var never = _vpc.WaitForAsync(_ => false, cancellation.Token);
        await cancellation.CancelAsync();
        await FluentActions.Awaiting(() => never).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public void Close_TransitionUnderWay_Stays()
    {
        _vpc.Change(["i-1"], InstanceRules.Stop);
        _vpc.Close();
        _time.Advance(TimeSpan.FromSeconds(5));
        StateOf("127.9.1.10").Should().Be("stopping");
    }

    [Test]
    public void GetCalls_MoreThanCapacity_KeepsTheNewest()
    {
        for (var i = 0; i < 5; i++)
            _vpc.Record(new SimulatorCall(0, _time.GetUtcNow(), "DeleteRoute", null, null, null, "OK", TimeSpan.Zero));
        _vpc.GetCalls().Select(c => c.Sequence).Should().Equal(3, 4, 5);
        _vpc.GetCalls(since: 4).Select(c => c.Sequence).Should().Equal(5);
        _vpc.GetCalls(since: 5).Should().BeEmpty();
    }

    private string StateOf(string address) => _vpc.GetState().Hosts.Single(h => h.Address == address).InstanceState;
}
