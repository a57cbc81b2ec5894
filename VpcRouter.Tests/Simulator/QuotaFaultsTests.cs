using VpcRouter.Simulator;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Tests.Simulator;

public sealed class QuotaFaultsTests : FaultFixture
{
    protected override SimulatorOptions Options => new()
    {
        Topology = SimulatorTopology.Parse(TestTopology.SmallJson.Replace("\"id\": \"rtb-2\",", "\"id\": \"rtb-2\", \"routeQuota\": 2,", StringComparison.Ordinal)),
        TransitionTime = TimeSpan.Zero,
    };

    [Test]
    public async Task RouteQuota_OfOneTableInTheTopology_IsItsOwn()
    {
        await CreateRouteAsync();
        (await CodeOf(() => CreateRouteAsync("10.8.0.0/16"))).Should().Be("RouteLimitExceeded");
        await Ec2.CreateRouteAsync(new() { RouteTableId = "rtb-1", DestinationCidrBlock = "10.7.0.0/16", NetworkInterfaceId = "eni-1" });
        await Ec2.CreateRouteAsync(new() { RouteTableId = "rtb-1", DestinationCidrBlock = "10.8.0.0/16", NetworkInterfaceId = "eni-1" });
    }

    [Test]
    public async Task Quotas_PutInForce_CountBeforeTheTopologysUntilTheyEnd()
    {
        Put("""{ "quotas": [{ "routeTables": "rtb-2", "routes": 3 }, { "routes": 1 }] }""");
        await CreateRouteAsync();
        await CreateRouteAsync("10.8.0.0/16");
        (await CodeOf(() => CreateRouteAsync("10.9.0.0/16"))).Should().Be("RouteLimitExceeded");
        (await CodeOf(() => Ec2.CreateRouteAsync(new() { RouteTableId = "rtb-1", DestinationCidrBlock = "10.7.0.0/16", NetworkInterfaceId = "eni-1" })))
            .Should().Be("RouteLimitExceeded");
        Put("{}");
        (await CodeOf(() => CreateRouteAsync("10.9.0.0/16"))).Should().Be("RouteLimitExceeded", "the topology's own quota is 2");
    }

    [Test]
    public async Task Quotas_BelowWhatIsThere_LeaveItAndLetItBeReplaced()
    {
        Put("""{ "quotas": [{ "routes": 0 }] }""");
        await Ec2.ReplaceRouteAsync(new() { RouteTableId = "rtb-2", DestinationCidrBlock = "10.1.0.0/16", NetworkInterfaceId = "eni-2" });
        HasRoute("10.1.0.0/16").Should().BeTrue();
        (await CodeOf(() => CreateRouteAsync())).Should().Be("RouteLimitExceeded");
    }
}
