using System.Collections.Immutable;
using System.Net;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;
using VpcRouter.Vpc;
using InstanceState = VpcRouter.Vpc.InstanceState;
using NetworkInterface = VpcRouter.Vpc.NetworkInterface;

namespace VpcRouter.Tests.Adapter;

[Parallelizable(ParallelScope.All)]
internal sealed class InstanceStatusTests
{
    private static readonly IPAddress HostA = IPAddress.Parse("127.0.1.10");

    [Test]
    public async Task FindInterfaces_AddressesOfEachKind_FindsEachInterfaceOnce()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        var found = await FindAsync(vpc, "127.0.1.10", "fd00:7f00:0:1::10", "127.0.2.11", "127.0.2.20", "127.0.9.9");

        found.Select(item => (item.Id, item.InstanceId, item.IsAttached)).Should().BeEquivalentTo([("eni-0a", "i-0a", true), ("eni-0b", "i-0b", true), ("eni-0c", "i-0b", true)]);
    }

    [Test]
    public async Task FindInterfaces_MoreAddressesThanAFilterHolds_FindsAll()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 1, hosts: 410));

        var found = await FindAsync(vpc, [.. vpc.Simulator.Vpc.GetState().Hosts.Select(host => host.Address)]);

        found.Select(item => item.Id).Should().OnlyHaveUniqueItems().And.HaveCount(410);
        vpc.Calls().Should().Equal("DescribeNetworkInterfaces", "DescribeNetworkInterfaces", "DescribeNetworkInterfaces");
    }

    [Test]
    public async Task FindInterfaces_NoAddresses_AsksNobody()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        (await FindAsync(vpc)).Should().BeEmpty();
        vpc.Calls().Should().BeEmpty();
    }

    [Test]
    public async Task FindInterfaces_Detached_IsFoundAsSuch()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostState(HostA, HostState.Detached);

        (await FindAsync(vpc, "127.0.1.10")).Should().ContainSingle().Which.Should().Match<NetworkInterface>(item => item.InstanceId == null && !item.IsAttached);
    }

    [TestCase(HostState.Alive, InstanceState.Running, StatusCheck.Ok)]
    [TestCase(HostState.Stopping, InstanceState.Stopping, StatusCheck.NotApplicable)]
    [TestCase(HostState.Stopped, InstanceState.Stopped, StatusCheck.NotApplicable)]
    [TestCase(HostState.Terminated, InstanceState.Terminated, StatusCheck.NotApplicable)]
    public async Task GetStatus_States_AreOurs(HostState fate, InstanceState state, StatusCheck check)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostState(HostA, fate);

        var status = (await StatusAsync(vpc, "i-0a"))["i-0a"];

        (status.State, status.InstanceCheck, status.SystemCheck).Should().Be((state, check, check));
    }

    [TestCase(HostStatus.Impaired, StatusCheck.Impaired)]
    [TestCase(HostStatus.Initializing, StatusCheck.Initializing)]
    public async Task GetStatus_Checks_AreOurs(HostStatus fate, StatusCheck check)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostStatus(HostA, fate);

        (await StatusAsync(vpc, "i-0a"))["i-0a"].Should().Match<InstanceStatus>(status => status.InstanceCheck == check && status.SystemCheck == check);
    }

    [Test]
    public async Task GetStatus_Events_KnowWhetherTheyAreOver()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetHostEvents(HostA, new SimulatedEvent("instance-stop"), new SimulatedEvent("system-reboot") { Outcome = EventOutcome.Completed }, new SimulatedEvent("instance-reboot") { Outcome = EventOutcome.Canceled });

        var events = (await StatusAsync(vpc, "i-0a"))["i-0a"].Events;

        events.Select(e => (e.Code, e.IsOver)).Should().Equal(("instance-stop", false), ("system-reboot", true), ("instance-reboot", true));
        events[0].NotBefore.Should().BeAfter(DateTimeOffset.UnixEpoch);
    }

    [Test]
    public async Task GetStatus_MoreInstancesThanACallTakes_ReturnsAll()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 1, hosts: 205));

        (await StatusAsync(vpc, [.. vpc.Simulator.Vpc.GetState().Hosts.Select(host => host.Instance)])).Should().HaveCount(205);
        vpc.Calls().Should().Equal("DescribeInstanceStatus", "DescribeInstanceStatus", "DescribeInstanceStatus");
    }

    [Test]
    public async Task GetStatus_SomeUnknown_ReturnsTheOthers()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 1, hosts: 50));
        var known = vpc.Simulator.Vpc.GetState().Hosts.Select(host => host.Instance).ToArray();

        (await StatusAsync(vpc, [.. known[..20], "i-0ffff", .. known[20..], "i-0fffe"])).Keys.Should().BeEquivalentTo(known);
        (await StatusAsync(vpc, "i-0ffff")).Should().BeEmpty();
    }

    [Test]
    public async Task GetStatus_Throttled_SurfacesAsOurError()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "errors": [{ "code": "RequestLimitExceeded" }] }"""));

        (await vpc.Status.Awaiting(api => api.GetStatusAsync(["i-0a"], CancellationToken.None)).Should().ThrowAsync<VpcApiException>()).Which.Kind.Should().Be(VpcApiErrorKind.Throttled);
    }

    private static Task<ImmutableArray<NetworkInterface>> FindAsync(AdapterVpc vpc, params string[] addresses) =>
        vpc.Status.FindInterfacesAsync([.. addresses.Select(IPAddress.Parse)], CancellationToken.None);

    private static Task<IReadOnlyDictionary<string, InstanceStatus>> StatusAsync(AdapterVpc vpc, params string[] ids) => vpc.Status.GetStatusAsync(ids, CancellationToken.None);
}
