using System.Text.Json;

namespace VpcRouter.Tests.Adapter;

/// <summary>The VPCs that the adapter's tests look at.</summary>
internal static class AdapterTopology
{
    public const string Small = """
        {
          "region": "eu-west-1",
          "vpc": { "id": "vpc-0adab7e4", "cidrs": ["127.0.0.0/16"], "ipv6Cidrs": ["fd00:7f00::/56"] },
          "zones": ["eu-west-1a", "eu-west-1b"],
          "routeQuota": 12,
          "subnets": [
            { "id": "subnet-a", "zone": "eu-west-1a", "cidr": "127.0.1.0/24", "ipv6Cidr": "fd00:7f00:0:1::/64" },
            { "id": "subnet-b", "zone": "eu-west-1b", "cidr": "127.0.2.0/24" },
            { "id": "subnet-c", "zone": "eu-west-1b", "cidr": "127.0.3.0/24" }
          ],
          "hosts": [
            { "address": "127.0.1.10", "instance": "i-0a", "interface": "eni-0a", "ipv6Addresses": ["fd00:7f00:0:1::10"] },
            { "address": "127.0.2.10", "instance": "i-0b", "interface": "eni-0b", "secondaryAddresses": ["127.0.2.11"], "sourceDestCheck": true },
            { "address": "127.0.2.20", "instance": "i-0b", "interface": "eni-0c" }
          ],
          "prefixLists": [{ "id": "pl-0d1c2b3a", "maxEntries": 2, "entries": ["10.90.0.0/16"] }],
          "gateways": ["nat-0a1b2c3d", "tgw-0a1b2c3d"],
          "routeTables": [
            { "id": "rtb-main", "main": true },
            {
              "id": "rtb-a", "name": "zone-a", "subnets": ["subnet-a"],
              "routes": [
                { "destination": "0.0.0.0/0", "target": "igw-0a1b2c3d" },
                { "destination": "::/0", "target": "eigw-0a1b2c3d" },
                { "destination": "10.1.0.0/16", "target": "127.0.1.10" },
                { "destination": "2001:db8::/32", "target": "127.0.1.10" },
                { "destination": "pl-0d1c2b3a", "target": "127.0.2.10" },
                { "destination": "172.30.0.0/16", "target": "vgw-0a1b2c3d", "propagated": true },
                { "destination": "172.31.0.0/16", "target": "pcx-0a1b2c3d" }
              ]
            },
            { "id": "rtb-b", "subnets": ["subnet-b"] },
            { "id": "rtb-edge", "gateway": "igw-0a1b2c3d", "routes": [{ "destination": "127.0.2.0/24", "target": "127.0.2.10" }] }
          ]
        }
        """;

    /// <summary>More of everything than one page holds.</summary>
    public static string Big(int tables, int hosts) => JsonSerializer.Serialize(new
    {
        region = "eu-west-1",
        vpc = new { id = "vpc-0b16", cidrs = new[] { "127.0.0.0/16" } },
        zones = new[] { "eu-west-1a" },
        subnets = new[] { new { id = "subnet-a", zone = "eu-west-1a", cidr = "127.0.0.0/20" } },
        hosts = Enumerable.Range(0, hosts).Select(i => new { address = $"127.0.{i / 250}.{1 + (i % 250)}", instance = $"i-{i:x8}", @interface = $"eni-{i:x8}" }),
        routeTables = Enumerable.Range(0, tables).Select(i => new { id = $"rtb-{i:x8}", main = i == 0 }),
    });
}
