using VpcRouter.RouteSpecs;
using VpcRouter.Vpc.Ec2;
using RouteTarget = VpcRouter.Vpc.RouteTarget;

namespace VpcRouter.Tests.EndToEnd;

/// <summary>What the router does about routes that others made, changed or deleted, and what it keeps its hands off.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class UpkeepTests
{
    private const string Spec = """{ "10.55.16.0/24": ["127.0.1.10", "127.0.2.10", "127.0.3.10", "127.0.13.10"] }""";
    private const string StrayRouter = "eni-0a100000000000010";

    [Test]
    public async Task Route_DeletedBehindItsBack_ReturnsAtTheRecheck()
    {
        await using var rig = await RouterRig.StartAsync(Spec, "always");
        await rig.UntilRoutedAsync(4, "10.55.16.0/24");
        // Not before it has seen its own writes: until then it trusts its memory more than EC2.
        await rig.UntilStatusAsync(_ => Last(rig, "DescribeRouteTables") > Last(rig, "CreateRoute"));
        await rig.DeleteBehindItsBackAsync("rtb-a", "10.55.16.0/24");

        await rig.Awaiting(it => it.UntilRoutedAsync(4, "10.55.16.0/24")).Should().NotThrowAsync();
    }

    [Test]
    public async Task Route_OutsideTheSpec_Goes()
    {
        await using var rig = await RouterRig.StartAsync(Spec, before: vpc => CreateAsync(vpc, "10.200.0.0/16"));

        await rig.Awaiting(it => it.UntilAsync(state => RouterRig.RouteIn(state, "rtb-a", "10.200.0.0/16") is null)).Should().NotThrowAsync();
    }

    [Test]
    public async Task Destination_LeavesTheSpec_ItsRoutesGo()
    {
        await using var rig = await RouterRig.StartAsync("""{ "10.55.16.0/24": ["127.0.1.10", "127.0.2.10"], "10.56.0.0/16": ["127.0.1.10"] }""");
        await rig.UntilRoutedAsync(2, "10.55.16.0/24", "10.56.0.0/16");

        rig.ChangeSpec("""{ "10.55.16.0/24": ["127.0.1.10", "127.0.2.10"] }""");

        await rig.Awaiting(it => it.UntilRoutedAsync(0, "10.56.0.0/16")).Should().NotThrowAsync();
    }

    [TestCase("rtb-a", "0.0.0.0/0")]
    [TestCase("rtb-a", "127.0.0.0/16")]
    [TestCase("rtb-a", "172.31.0.0/16")]
    [TestCase("rtb-b", "172.30.0.0/16")]
    [TestCase("rtb-edge", "127.0.11.0/24")]
    [TestCase("rtb-a", "10.201.0.0/16")]
    public async Task Route_NotItsOwn_IsNeverTouched(string table, string destination)
    {
        await using var rig = await RouterRig.StartAsync(
            Spec,
            before: async vpc =>
            {
                await CreateAsync(vpc, "10.200.0.0/16");
                await CreateAsync(vpc, "10.201.0.0/16");
            },
            configure: options => options.IgnoreRoutes = CidrList.Parse("10.201.0.0/16"));
        var before = RouterRig.RouteIn(rig.Simulator.Vpc.GetState(), table, destination);

        await rig.UntilAsync(state => RouterRig.RoutersOf(state, "10.55.16.0/24").Count == 4 && RouterRig.RouteIn(state, "rtb-a", "10.200.0.0/16") is null);

        RouterRig.RouteIn(rig.Simulator.Vpc.GetState(), table, destination).Should().NotBeNull().And.Be(before);
    }

    [Test]
    public async Task DryRun_NewSpec_WritesNothing()
    {
        await using var rig = await RouterRig.StartAsync(Spec, configure: options => options.DryRun = true);

        await rig.UntilStatusAsync(status => status.Plan is { IsEmpty: false });

        rig.Simulator.Vpc.GetCalls().Should().OnlyContain(call => call.Action.StartsWith("Describe", StringComparison.Ordinal));
    }

    private static long Last(RouterRig rig, string action) => rig.Simulator.Vpc.GetCalls().Last(call => call.Action == action).Sequence;

    private static Task CreateAsync(Ec2VpcApi vpc, string destination) =>
        vpc.CreateRouteAsync("rtb-a", RouteDestination.Parse(destination), RouteTarget.OfInterface(StrayRouter), CancellationToken.None);
}
