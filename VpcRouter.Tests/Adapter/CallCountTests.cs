namespace VpcRouter.Tests.Adapter;

[Parallelizable(ParallelScope.All)]
internal sealed class CallCountTests
{
    [Test]
    public async Task GetSnapshot_MoreTablesThanAPage_ReturnsAll()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 205, hosts: 1));

        (await vpc.LookAsync()).RouteTables.Select(table => table.Id).Should().OnlyHaveUniqueItems().And.HaveCount(205);
    }

    [Test]
    public async Task GetSnapshot_MoreInterfacesThanAPage_ReturnsAll()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 1, hosts: 1005));

        (await vpc.LookAsync()).NetworkInterfaces.Select(item => item.Id).Should().OnlyHaveUniqueItems().And.HaveCount(1005);
    }

    [Test]
    public async Task GetSnapshot_FirstLook_AsksForSubnetsOnce()
    {
        await using var vpc = await AdapterVpc.StartAsync();

        await vpc.LookAsync();

        vpc.Calls().Should().BeEquivalentTo("DescribeRouteTables", "DescribeNetworkInterfaces", "DescribeSubnets");
    }

    [Test]
    public async Task GetSnapshot_SteadyState_CostsTwoCalls()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        await vpc.LookAsync();
        var before = vpc.Simulator.Vpc.GetCalls().Count;

        await vpc.LookAsync();

        vpc.Calls().Skip(before).Should().BeEquivalentTo("DescribeRouteTables", "DescribeNetworkInterfaces");
    }

    [Test]
    public async Task GetSnapshot_SteadyStateOfABigVpc_CostsOneCallAPage()
    {
        await using var vpc = await AdapterVpc.StartAsync(AdapterTopology.Big(tables: 205, hosts: 1005));
        await vpc.LookAsync();
        var before = vpc.Simulator.Vpc.GetCalls().Count;

        await vpc.LookAsync();

        vpc.Calls().Skip(before).CountBy(action => action).Should().BeEquivalentTo(
            [KeyValuePair.Create("DescribeRouteTables", 3), KeyValuePair.Create("DescribeNetworkInterfaces", 2)]);
    }
}
