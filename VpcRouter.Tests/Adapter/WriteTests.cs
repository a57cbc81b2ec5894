using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Adapter;

[Parallelizable(ParallelScope.All)]
internal sealed class WriteTests
{
    [TestCase("10.5.0.0/16", "eni-0a")]
    [TestCase("2001:db8:5::/48", "eni-0a")]
    [TestCase("pl-0d1c2b3a", "eni-0b")]
    [TestCase("10.5.0.0/16", "nat-0a1b2c3d")]
    [TestCase("10.5.0.0/16", "tgw-0a1b2c3d")]
    [TestCase("10.5.0.0/16", "igw-0a1b2c3d")]
    public async Task CreateRoute_NewDestination_StandsInTheTable(string destination, string target)
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.CreateAsync("rtb-b", destination, target);

        (await vpc.RouteAsync("rtb-b", destination))!.Target.Id.Should().Be(target);
    }

    [TestCase("10.1.0.0/16", "eni-0b")]
    [TestCase("2001:db8::/32", "eni-0c")]
    [TestCase("pl-0d1c2b3a", "eni-0a")]
    [TestCase("10.1.0.0/16", "nat-0a1b2c3d")]
    public async Task ReplaceRoute_ExistingDestination_PointsAtTheNewTarget(string destination, string target)
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.ReplaceAsync("rtb-a", destination, target);

        (await vpc.RouteAsync("rtb-a", destination))!.Target.Id.Should().Be(target);
    }

    [TestCase("10.1.0.0/16")]
    [TestCase("2001:db8::/32")]
    [TestCase("pl-0d1c2b3a")]
    public async Task DeleteRoute_ExistingDestination_LeavesTheTable(string destination)
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.DeleteAsync("rtb-a", destination);

        (await vpc.RouteAsync("rtb-a", destination)).Should().BeNull();
    }

    [Test]
    public async Task CreateRoute_SameTargetAgain_Succeeds()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.Awaiting(it => it.CreateAsync("rtb-a", "10.1.0.0/16", "eni-0a")).Should().NotThrowAsync();
    }

    [Test]
    public async Task CreateRoute_NoTarget_IsRefusedBeforeAnyCall()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.Api.Awaiting(api => api.CreateRouteAsync("rtb-b", RouteDestination.Parse("10.5.0.0/16"), RouteTarget.None, CancellationToken.None))
            .Should().ThrowAsync<ArgumentException>();

        vpc.Calls().Should().BeEmpty();
    }
}
