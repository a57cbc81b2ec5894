using Amazon.EC2.Model;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Tests.Simulator;

/// <summary>The largest VPC that the simulator promises to carry: 2,000 instances, 200 tables of 1,000 routes.</summary>
public sealed class ScaleTests : SimulatorFixture
{
    private const int Tables = 200;
    private const int Routes = 1000;
    private const int Hosts = 2000;

    protected override SimulatorOptions Options => new() { Topology = Large() };

    [Test]
    public async Task DescribeRouteTables_LargestVpc_GivesEveryRoute()
    {
        var tables = 0;
        var routes = 0;
        await foreach (var table in Ec2.Paginators.DescribeRouteTables(new DescribeRouteTablesRequest { MaxResults = 100 }).RouteTables)
        {
            tables++;
            routes += table.Routes.Count;
        }

        (tables, routes).Should().Be((Tables, Tables * (Routes + 1)));
        (await Ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations.Should().HaveCount(Hosts);
    }

    private static SimulatorTopology Large()
    {
        var hosts = Enumerable.Range(0, Hosts).Select(i => $$"""{ "address": "127.9.{{i / 250}}.{{1 + (i % 250)}}" }""");
        var routes = Enumerable.Range(0, Routes).Select(i => $$"""{ "destination": "10.{{i / 250}}.{{i % 250}}.0/24", "target": "127.9.0.{{1 + (i % 250)}}" }""");
        var table = $"\"routes\": [{string.Join(',', routes)}]";
        var tables = Enumerable.Range(0, Tables).Select(i => $$"""{ "main": {{(i == 0 ? "true" : "false")}}, {{table}} }""");
        return SimulatorTopology.Parse($$"""
            {
              "region": "us-east-1", "vpc": { "id": "vpc-1", "cidrs": ["127.9.0.0/16"] }, "zones": ["us-east-1a"], "routeQuota": {{Routes}},
              "subnets": [{ "id": "subnet-1", "zone": "us-east-1a", "cidr": "127.9.0.0/17" }],
              "hosts": [{{string.Join(',', hosts)}}],
              "routeTables": [{{string.Join(',', tables)}}]
            }
            """);
    }
}
