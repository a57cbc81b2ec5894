using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>Three zones; hosts with secondary and IPv6 addresses, and one instance with two interfaces that are both hosts.</summary>
internal static class HourTopology
{
    /// <summary>Each kind of selection, an IPv6 destination and a prefix list.</summary>
    public const string Spec = """
        {
          "10.10.0.0/16": ["127.9.1.10", "127.9.2.10", "127.9.3.10"],
          "10.20.0.0/16": { "hosts": ["127.9.1.20", "127.9.2.10", "127.9.3.10"], "select": "ordered", "failback": "60s" },
          "10.30.0.0/16": { "hosts": ["127.9.1.10", "127.9.2.10", "127.9.3.10"], "select": "zone", "fallback": "nat-1" },
          "2001:db8::/32": ["fd00:9:0:1::10", "127.9.2.11"],
          "pl-1": { "hosts": ["127.9.2.11", "127.9.3.10"], "route_tables": ["rtb-a", "rtb-main"] }
        }
        """;

    public static SimulatorTopology Value { get; } = SimulatorTopology.Parse("""
        {
          "region": "us-east-1",
          "vpc": { "id": "vpc-1", "cidrs": ["127.9.0.0/16"], "ipv6Cidrs": ["fd00:9::/56"] },
          "zones": ["us-east-1a", "us-east-1b", "us-east-1c"],
          "subnets": [
            { "id": "subnet-a", "zone": "us-east-1a", "cidr": "127.9.1.0/24", "ipv6Cidr": "fd00:9:0:1::/64" },
            { "id": "subnet-b", "zone": "us-east-1b", "cidr": "127.9.2.0/24" },
            { "id": "subnet-c", "zone": "us-east-1c", "cidr": "127.9.3.0/24" }
          ],
          "hosts": [
            { "address": "127.9.1.10", "instance": "i-a", "interface": "eni-a", "secondaryAddresses": ["127.9.1.20"], "ipv6Addresses": ["fd00:9:0:1::10"] },
            { "address": "127.9.2.10", "instance": "i-b", "interface": "eni-b0" },
            { "address": "127.9.2.11", "instance": "i-b", "interface": "eni-b1" },
            { "address": "127.9.3.10", "instance": "i-c", "interface": "eni-c" }
          ],
          "prefixLists": [{ "id": "pl-1", "maxEntries": 5, "entries": ["10.90.0.0/16"] }],
          "gateways": ["nat-1"],
          "routeTables": [
            { "id": "rtb-main", "main": true, "routes": [{ "destination": "0.0.0.0/0", "target": "igw-1" }] },
            { "id": "rtb-a", "subnets": ["subnet-a"], "routes": [{ "destination": "172.30.0.0/16", "target": "vgw-1", "propagated": true }] },
            { "id": "rtb-edge", "gateway": "igw-1" }
          ]
        }
        """);
}
