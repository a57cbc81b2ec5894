using System.Net;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.EndToEnd;

[Parallelizable(ParallelScope.All)]
internal sealed class FailoverTests
{
    // Hosts in three subnets of three tables, and one in a subnet of the main table: all four tables are managed.
    private const string Spec = """
        {
          "10.55.16.0/24": ["127.0.1.10", "127.0.2.10"],
          "10.66.17.0/24": ["127.0.3.10"],
          "10.77.0.0/16": ["127.0.2.10", "127.0.3.10", "127.0.13.10"],
          "2001:db8:7::/48": ["127.0.1.10", "127.0.2.10"],
          "pl-0d1c2b3a": ["127.0.1.10", "127.0.2.10"]
        }
        """;

    private static readonly string[] Destinations = ["10.55.16.0/24", "10.66.17.0/24", "10.77.0.0/16", "2001:db8:7::/48", "pl-0d1c2b3a"];

    [Test]
    public async Task Spec_New_StandsInEveryManagedTable()
    {
        await using var rig = await RouterRig.StartAsync(Spec);

        await rig.Invoking(it => it.UntilRoutedAsync(4, Destinations)).Should().NotThrowAsync();
    }

    [Test]
    public async Task Spec_New_HasOneRouterADestination()
    {
        await using var rig = await RouterRig.StartAsync(Spec);

        var state = await rig.UntilRoutedAsync(4, Destinations);

        Destinations.Should().AllSatisfy(destination => RouterRig.RoutersOf(state, destination).Distinct().Should().ContainSingle());
    }

    [Test]
    public async Task Spec_HostsOfOneTableOnly_LeavesTheOtherTablesAlone()
    {
        await using var rig = await RouterRig.StartAsync("""{ "10.55.16.0/24": ["127.0.1.10", "127.0.11.10"] }""");

        await rig.UntilRoutedAsync(1, "10.55.16.0/24");

        rig.Simulator.Vpc.GetCalls().Where(call => call.Action == "CreateRoute").Should().OnlyContain(call => call.RouteTableId == "rtb-a");
    }

    [TestCase(HostStatus.Impaired)]
    [TestCase(HostStatus.Retiring)]
    public async Task Host_ImpairedOrRetiring_ItsRoutesMoveByEc2sOwnWord(HostStatus status)
    {
        await using var rig = await RouterRig.StartAsync(Spec, monitor: "ec2status");
        var victim = RouterRig.RoutersOf(await rig.UntilRoutedAsync(4, Destinations), "10.55.16.0/24")[0]!;

        rig.Simulator.Vpc.SetHostStatus(IPAddress.Parse(victim), status);

        await rig.Awaiting(it => it.UntilAsync(state => RouterRig.RoutersOf(state, "10.55.16.0/24").All(router => router != victim && router is not null))).Should().NotThrowAsync();
    }

    [Test]
    public async Task Host_Dies_ItsRoutesMove()
    {
        await using var rig = await RouterRig.StartAsync(Spec);
        var victim = RouterRig.RoutersOf(await rig.UntilRoutedAsync(4, Destinations), "10.55.16.0/24")[0]!;

        rig.Set(victim, HostState.Dead);

        await rig.Awaiting(it => it.UntilAsync(state => RouterRig.RoutersOf(state, "10.55.16.0/24").All(router => router != victim && router is not null))).Should().NotThrowAsync();
    }

    [Test]
    public async Task Host_Dies_OtherHostsRoutesStay()
    {
        await using var rig = await RouterRig.StartAsync(Spec);
        var before = await rig.UntilRoutedAsync(4, Destinations);
        var victim = RouterRig.RoutersOf(before, "10.55.16.0/24")[0]!;
        var others = Destinations.Where(destination => RouterRig.RoutersOf(before, destination)[0] != victim).ToList();

        rig.Set(victim, HostState.Dead);
        await rig.UntilAsync(state => Destinations.All(destination => !RouterRig.RoutersOf(state, destination).Contains(victim)));

        rig.Simulator.Vpc.GetCalls().Where(call => call.Action == "ReplaceRoute").Should().NotContain(call => others.Contains(call.Destination!));
    }

    [Test]
    public async Task Host_OnlyOneDies_ItsRouteStaysAsItIs()
    {
        await using var rig = await RouterRig.StartAsync(Spec);
        await rig.UntilRoutedAsync(4, Destinations);

        rig.Set("127.0.3.10", HostState.Dead);
        await rig.UntilStatusAsync(status => status.Health!.Failed.Contains(IPAddress.Parse("127.0.3.10")) && status.Plan is { Warnings.IsEmpty: false });

        RouterRig.RoutersOf(rig.Simulator.Vpc.GetState(), "10.66.17.0/24").Should().AllBe("127.0.3.10");
    }

    [Test]
    public async Task Host_ComesBack_RoutesStayWhereTheyAre()
    {
        await using var rig = await RouterRig.StartAsync(Spec);
        var victim = RouterRig.RoutersOf(await rig.UntilRoutedAsync(4, Destinations), "10.55.16.0/24")[0]!;
        rig.Set(victim, HostState.Dead);
        await rig.UntilAsync(state => Destinations.All(destination => !RouterRig.RoutersOf(state, destination).Contains(victim)));

        rig.Set(victim, HostState.Alive);
        await rig.UntilStatusAsync(status => status.Health!.Failed.Count == 0 && status.Plan is { IsEmpty: true });

        RouterRig.RoutersOf(rig.Simulator.Vpc.GetState(), "10.55.16.0/24").Should().NotContain(victim);
    }

    [Test]
    public async Task Instance_StoppedUnderAlways_ItsBlackholesMove()
    {
        await using var rig = await RouterRig.StartAsync(Spec, "always");
        var victim = RouterRig.RoutersOf(await rig.UntilRoutedAsync(4, Destinations), "10.55.16.0/24")[0]!;

        rig.Set(victim, HostState.Stopped);

        await rig.Awaiting(it => it.UntilAsync(state => RouterRig.RoutersOf(state, "10.55.16.0/24").All(router => router is not null && router != victim))).Should().NotThrowAsync();
    }
}
