using System.Net;
using VpcRouter.Simulator.Model;
using VpcRouter.Simulator.Topologies;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Simulator;

public sealed class TopologyTests
{
    [TestCase("\"us-east-1b\"]", "\"us-east-1a\"]", "$.zones[1]: 'us-east-1a' is listed twice")]
    [TestCase("\"zone\": \"us-east-1b\"", "\"zone\": \"eu-x\"", "$.subnets[1].zone: 'eu-x' is not one of $.zones")]
    [TestCase("127.9.2.0/24", "127.9.1.0/25", "$.subnets[1].cidr: '127.9.1.0/25' overlaps subnet-1")]
    [TestCase("127.9.2.0/24", "10.0.0.0/24", "$.subnets[1].cidr: '10.0.0.0/24' lies outside the VPC")]
    [TestCase("127.9.2.0/24", "127.9.2.1/24", "$.subnets[1].cidr: '127.9.2.1/24' has host bits set; use 127.9.2.0/24")]
    [TestCase("\"address\": \"127.9.2.11\"", "\"address\": \"127.9.2.10\"", "$.hosts[2].address: 127.9.2.10 is used already at $.hosts[1].address")]
    [TestCase("\"address\": \"127.9.2.11\"", "\"address\": \"127.9.3.11\"", "$.hosts[2].address: 127.9.3.11 lies in no subnet")]
    [TestCase("\"address\": \"127.9.2.11\"", "\"address\": 5", "$.hosts[2].address: expected a string, found a number")]
    [TestCase("\"interface\": \"eni-3\"", "\"interface\": \"eni-2\"", "$.hosts[2].interface: 'eni-2' is used already at $.hosts[1].interface")]
    [TestCase("\"interface\": \"eni-3\"", "\"interface\": \"i-3\"", "$.hosts[2].interface: 'i-3' is not an id of the form eni-…")]
    [TestCase("\"interface\": \"eni-3\"", "\"nic\": \"eni-3\"", "$.hosts[2].nic: unknown property; use one of address,")]
    [TestCase("\"sourceDestCheck\": true", "\"sourceDestCheck\": 1", "$.hosts[1].sourceDestCheck: expected true or false")]
    [TestCase("[\"127.9.1.20\"]", "[\"127.9.2.20\"]", "$.hosts[0].secondaryAddresses: 127.9.2.20 lies outside the host's subnet")]
    [TestCase("fd00:9:0:1::10", "fd00:9:0:2::10", "$.hosts[0].ipv6Addresses: fd00:9:0:2::10 lies outside the IPv6 CIDR")]
    [TestCase("\"main\": true", "\"main\": false", "$.routeTables: 0 main route tables")]
    [TestCase("[\"subnet-2\"]", "[\"subnet-9\"]", "$.routeTables[1].subnets[0]: no subnet 'subnet-9'")]
    [TestCase("[\"subnet-2\"]", "[\"subnet-2\", \"subnet-2\"]", "$.routeTables[1].subnets[1]: 'subnet-2' is associated already")]
    [TestCase("\"gateway\": \"igw-1\"", "\"gateway\": \"gate-1\"", "$.routeTables[2].gateway: 'gate-1' is no gateway")]
    [TestCase("\"target\": \"127.9.1.10\"", "\"target\": \"127.9.1.99\"", "$.routeTables[1].routes[0].target: '127.9.1.99' is no route target")]
    [TestCase("\"destination\": \"10.1.0.0/16\"", "\"destination\": \"10.1\"", "$.routeTables[1].routes[0]: EC2 would refuse it (InvalidParameterValue")]
    [TestCase("\"maxEntries\": 7", "\"maxEntries\": 0", "$.prefixLists[0].maxEntries: '0' is not a number from 1 to 1000")]
    [TestCase("\"routeQuota\": 8", "\"probePort\": 70000", "$.probePort: '70000' is not a number from 0 to 65535")]
    [TestCase("\"region\": \"us-east-1\"", "\"region\": \"us-east-1\", \"region\": \"x\"", "$.region: given twice")]
    [TestCase("\"region\": \"us-east-1\",", "", "$.region: missing; add it, for example \"us-east-1\"")]
    [TestCase("\"region\": \"us-east-1\",", "]", "line 2, byte")]
    public void Parse_Wrong_NamesPathProblemAndRemedy(string right, string wrong, string error) =>
        ErrorsOf(TestTopology.SmallJson.Replace(right, wrong, StringComparison.Ordinal)).Should().Contain(e => e.StartsWith(error, StringComparison.Ordinal));

    [Test]
    public void Parse_SeveralErrors_ReportsAll() =>
        ErrorsOf("""{ "vpc": { "id": "v", "cidrs": ["x"] }, "zones": [] }""").Should().HaveCountGreaterThanOrEqualTo(6);

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("")]
    public void Parse_NoTopologyAtAll_IsRefused(string json) => ErrorsOf(json).Should().NotBeEmpty();

    [Test]
    public void Parse_IdsLeftOut_MakesTheSameOnesEveryTime() =>
        TestTopology.WithTables(3).Model.RouteTables.Keys.Should().Equal(TestTopology.WithTables(3).Model.RouteTables.Keys);

    [Test]
    public void Parse_GatewayThatIsNoString_IsReportedOnce() =>
        ErrorsOf(TestTopology.SmallJson.Replace("\"gateway\": \"igw-1\"", "\"gateway\": 7", StringComparison.Ordinal))
            .Should().Contain(e => e.StartsWith("$.routeTables[2].gateway: expected a string", StringComparison.Ordinal));

    [Test]
    public void Default_IsTheExample_WithSixHostsInThreeZones()
    {
        var model = SimulatorTopology.Default.Model;
        model.Vpc.Id.Should().Be("vpc-350d6a51");
        model.Hosts.Values.GroupBy(h => h.Zone).Select(g => g.Count()).Should().Equal(2, 2, 2);
        model.RouteTables.Values.Count(t => t.IsEdge).Should().Be(1);
        SimulatorTopology.Default.ProbePort.Should().Be(8179);
    }

    [Test]
    public void Load_TheExample_IsTheEmbeddedDefault() =>
        SimulatorTopology.Load(Example("topology.json")).Model.HostOrder.Should().Equal(SimulatorTopology.Default.Model.HostOrder);

    [Test]
    public void Parse_EmptyLists_AreRefused() =>
        ErrorsOf("""{ "region": "r", "vpc": { "id": "vpc-1", "cidrs": [] }, "zones": ["a"], "subnets": [], "routeTables": [{ "main": true }] }""")
            .Should().Equal("$.vpc.cidrs: no IPv4 CIDR; give at least one, for example [\"127.0.0.0/16\"]",
                "$.subnets: no subnet; add at least one subnet with zone and cidr");

    [Test]
    public void ExampleRouteSpec_NamesHostsOfTheDefaultTopologyOnly()
    {
        var model = SimulatorTopology.Default.Model;
        var spec = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Example("route-spec.json")))!;
        spec.Keys.Should().OnlyContain(d => Destination.Ipv4(d).Text == d && !model.Vpc.Cidrs[0].Contains(IPNetwork.Parse(d).BaseAddress));
        spec.Values.SelectMany(h => h).Should().OnlyContain(h => model.Hosts.ContainsKey(IPAddress.Parse(h)));
    }

    private static IReadOnlyList<string> ErrorsOf(string json) =>
        FluentActions.Invoking(() => SimulatorTopology.Parse(json)).Should().Throw<TopologyException>().Which.Errors;

    private static string Example(string name) => Path.Combine(Artifacts.Repository, "examples", name);
}
