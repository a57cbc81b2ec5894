using Amazon.EC2.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class FilterTests : SimulatorFixture
{
    [TestCase("vpc-id", "vpc-1", "rtb-1 rtb-2 rtb-3")]
    [TestCase("vpc-id", "vpc-9", "")]
    [TestCase("route-table-id", "rtb-?", "rtb-1 rtb-2 rtb-3")]
    [TestCase("association.main", "true", "rtb-1")]
    [TestCase("association.subnet-id", "subnet-*", "rtb-2")]
    [TestCase("association.gateway-id", "igw-1", "rtb-3")]
    [TestCase("route.destination-cidr-block", "10.1.0.0/16", "rtb-2")]
    [TestCase("route.destination-ipv6-cidr-block", "fd00:9::/56", "rtb-1 rtb-2 rtb-3")]
    [TestCase("route.gateway-id", "igw-1", "rtb-1")]
    [TestCase("route.instance-id", "i-1", "rtb-2")]
    [TestCase("route.origin", "EnableVgwRoutePropagation", "rtb-2")]
    [TestCase("route.state", "blackhole", "")]
    [TestCase("tag:Name", "m?in", "rtb-1")]
    [TestCase("tag:Owner", "*", "")]
    [TestCase("tag-key", "Name", "rtb-1 rtb-3")]
    public async Task DescribeRouteTables_OneFilter_SelectsTables(string name, string value, string ids)
    {
        var answer = await Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = [new Filter(name, [value])] });
        string.Join(' ', (answer.RouteTables ?? []).Select(t => t.RouteTableId)).Should().Be(ids);
    }

    [TestCase("addresses.private-ip-address", "127.9.1.20", "eni-1")]
    [TestCase("private-ip-address", "127.9.1.20", "")]
    [TestCase("attachment.instance-id", "i-2", "eni-2 eni-3")]
    [TestCase("availability-zone", "us-east-1b", "eni-2 eni-3")]
    [TestCase("ipv6-addresses.ipv6-address", "fd00:9:0:1::10", "eni-1")]
    [TestCase("subnet-id", "subnet-1", "eni-1")]
    [TestCase("source-dest-check", "true", "eni-2")]
    public async Task DescribeNetworkInterfaces_OneFilter_SelectsInterfaces(string name, string value, string ids)
    {
        var answer = await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = [new Filter(name, [value])] });
        string.Join(' ', (answer.NetworkInterfaces ?? []).Select(n => n.NetworkInterfaceId)).Should().Be(ids);
    }

    [TestCase("instance-state-name", "running", "i-1 i-2")]
    [TestCase("private-ip-address", "127.9.2.*", "i-2")]
    [TestCase("network-interface.addresses.private-ip-address", "127.9.2.11", "i-2")]
    [TestCase("tag:Name", "r1", "i-1")]
    public async Task DescribeInstances_OneFilter_SelectsInstances(string name, string value, string ids)
    {
        var answer = await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [new Filter(name, [value])] });
        string.Join(' ', (answer.Reservations ?? []).SelectMany(r => r.Instances).Select(i => i.InstanceId)).Should().Be(ids);
    }

    [Test]
    public async Task Describe_SeveralFilters_AllMustMatch()
    {
        var answer = await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest
        {
            Filters = [new Filter("attachment.instance-id", ["i-1", "i-2"]), new Filter("attachment.device-index", ["0"])],
        });
        answer.NetworkInterfaces.Select(n => n.NetworkInterfaceId).Should().Equal("eni-1", "eni-2");
    }

    [Test]
    public async Task Describe_NothingMatches_LeavesTheCollectionNull() =>
        (await Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new Filter("subnet-id", ["x"])] })).Subnets.Should().BeNull();

    [Test]
    public async Task Describe_UnknownFilter_IsInvalidParameterValue() =>
        (await CodeOf(() => DescribeAsync(new Filter("colour", ["red"])))).Should().Be("InvalidParameterValue");

    [Test]
    public async Task Describe_FilterWithoutValues_IsInvalidParameterValue() =>
        (await CodeOf(() => DescribeAsync(new Filter("subnet-id")))).Should().Be("InvalidParameterValue");

    [TestCase(200, "")]
    [TestCase(201, "FilterLimitExceeded")]
    public async Task Describe_ManyValues_AreLimitedTo200(int values, string code)
    {
        var filter = new Filter("addresses.private-ip-address", [.. Enumerable.Range(0, values).Select(i => $"127.9.0.{i}")]);
        var refused = "";
        if (code.Length > 0)
            refused = await CodeOf(() => DescribeAsync(filter));
        else
            await DescribeAsync(filter);
        refused.Should().Be(code);
    }

    private Task<DescribeNetworkInterfacesResponse> DescribeAsync(Filter filter) =>
        Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = [filter] });
}
