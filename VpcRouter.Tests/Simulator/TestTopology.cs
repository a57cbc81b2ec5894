using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Tests.Simulator;

/// <summary>Topologies for tests; none has a probe port, so that tests can run side by side.</summary>
internal static class TestTopology
{
    /// <summary>Two subnets, three tables, three hosts of which two are interfaces of one instance.</summary>
    public const string SmallJson = """
        {
          "region": "us-east-1",
          "vpc": { "id": "vpc-1", "name": "small", "cidrs": ["127.9.0.0/16"], "ipv6Cidrs": ["fd00:9::/56"] },
          "zones": ["us-east-1a", "us-east-1b"],
          "routeQuota": 8,
          "subnets": [
            { "id": "subnet-1", "name": "one", "zone": "us-east-1a", "cidr": "127.9.1.0/24", "ipv6Cidr": "fd00:9:0:1::/64" },
            { "id": "subnet-2", "zone": "us-east-1b", "cidr": "127.9.2.0/24" }
          ],
          "hosts": [
            { "address": "127.9.1.10", "name": "r1", "instance": "i-1", "interface": "eni-1", "secondaryAddresses": ["127.9.1.20"], "ipv6Addresses": ["fd00:9:0:1::10"] },
            { "address": "127.9.2.10", "name": "r2", "instance": "i-2", "interface": "eni-2", "sourceDestCheck": true },
            { "address": "127.9.2.11", "name": "r2", "instance": "i-2", "interface": "eni-3" }
          ],
          "prefixLists": [{ "id": "pl-1", "name": "offices", "maxEntries": 7, "entries": ["10.90.0.0/16"] }],
          "gateways": ["nat-1", "tgw-1", "eigw-1", "vpce-1"],
          "routeTables": [
            { "id": "rtb-1", "name": "main", "main": true, "routes": [{ "destination": "0.0.0.0/0", "target": "igw-1" }] },
            { "id": "rtb-2", "subnets": ["subnet-2"], "routes": [
              { "destination": "10.1.0.0/16", "target": "127.9.1.10" },
              { "destination": "172.30.0.0/16", "target": "vgw-1", "propagated": true }] },
            { "id": "rtb-3", "name": "edge", "gateway": "igw-1" }
          ]
        }
        """;

    public static SimulatorTopology Small { get; } = SimulatorTopology.Parse(SmallJson);

    /// <summary>A topology with as many route tables, each without subnets.</summary>
    public static SimulatorTopology WithTables(int count) => SimulatorTopology.Parse($$"""
        {
          "region": "us-east-1",
          "vpc": { "id": "vpc-1", "cidrs": ["127.9.0.0/16"] },
          "zones": ["us-east-1a"],
          "subnets": [{ "id": "subnet-1", "zone": "us-east-1a", "cidr": "127.9.0.0/17" }],
          "hosts": [{{string.Join(',', Enumerable.Range(1, count).Select(i => $$"""{ "address": "127.9.{{i / 250}}.{{1 + (i % 250)}}" }"""))}}],
          "routeTables": [{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{ "main": {{(i == 0 ? "true" : "false")}} }"""))}}]
        }
        """);
}
