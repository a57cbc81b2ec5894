using Amazon.EC2.Model;
using VpcRouter.Simulator;

namespace VpcRouter.Tests.Simulator;

public sealed class PagingTests : SimulatorFixture
{
    private const int Count = 12;

    protected override SimulatorOptions Options => new() { Topology = TestTopology.WithTables(Count) };

    [Test]
    public async Task DescribeRouteTables_Pages_GiveEachTableOnce()
    {
        var pages = new List<List<string>>();
        string? token = null;
        do
        {
            var page = await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { MaxResults = 5, NextToken = token });
            pages.Add([.. page.RouteTables.Select(t => t.RouteTableId)]);
            token = page.NextToken;
        }
        while (token is not null);
        pages.Select(p => p.Count).Should().Equal(5, 5, 2);
        pages.SelectMany(p => p).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task DescribeRouteTables_LastPageFull_HasNoToken() =>
        (await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { MaxResults = Count })).NextToken.Should().BeNull();

    [Test]
    public async Task Paginators_OfTheSdk_ReadEverything()
    {
        var count = 0;
        await foreach (var _ in Ec2.Paginators.DescribeNetworkInterfaces(new DescribeNetworkInterfacesRequest { MaxResults = 5 }).NetworkInterfaces)
            count++;
        count.Should().Be(Count);
    }

    [Test]
    public async Task DescribeNetworkInterfaces_ItemGoneBetweenPages_SkipsNone()
    {
        var first = await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { MaxResults = 5 });
        Host.Vpc.SetHostState(System.Net.IPAddress.Parse(first.NetworkInterfaces[4].PrivateIpAddress), VpcRouter.Simulator.Model.HostState.Terminated);
        var rest = await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { MaxResults = 100, NextToken = first.NextToken });
        rest.NetworkInterfaces.Should().HaveCount(Count - 5);
    }

    [TestCase(4)]
    [TestCase(101)]
    public async Task DescribeRouteTables_MaxResultsOutOfRange_IsInvalidParameterValue(int size) =>
        (await CodeOf(() => Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { MaxResults = size }))).Should().Be("InvalidParameterValue");

    [Test]
    public async Task DescribeInstances_MaxResultsWithIds_IsInvalidParameterCombination() =>
        (await CodeOf(() => Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = 5, InstanceIds = ["i-1"] })))
            .Should().Be("InvalidParameterCombination");

    [TestCase("nonsense!")]
    [TestCase("RGVzY3JpYmVWcGNzIHZwYy0x")]
    public async Task DescribeRouteTables_TokenOfSomebodyElse_IsInvalidNextToken(string token) =>
        (await CodeOf(() => Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { NextToken = token }))).Should().Be("InvalidNextToken");
}
