using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>
/// A VPC whose first host routes the destinations that are to move, for which the second stands by. The other hosts share a destination four at a
/// time: they are there to be monitored. Every route is in place from the start. Immutable.
/// </summary>
internal sealed class FailoverVpc(int hosts, int routesToMove)
{
    public IPAddress First { get; } = Host(0);

    public IPAddress Second { get; } = Host(1);

    public RouteSpec Spec => new(Enumerable.Range(0, Entries).Select(entry => new RouteEntry(Destination(entry), [.. HostsOf(entry).Select(Host)])));

    public SimulatorTopology Topology()
    {
        var interfaces = Enumerable.Range(0, hosts).Select(host => $$"""{ "address": "{{Host(host)}}" }""");
        var routes = Enumerable.Range(0, Entries).Select(entry => $$"""{ "destination": "{{Destination(entry)}}", "target": "{{Host(HostsOf(entry).First())}}" }""");
        return SimulatorTopology.Parse($$"""
            {
              "region": "us-east-1", "vpc": { "id": "vpc-1", "cidrs": ["127.9.0.0/16"] }, "zones": ["us-east-1a"], "routeQuota": 1000,
              "subnets": [{ "id": "subnet-1", "zone": "us-east-1a", "cidr": "127.9.0.0/17" }],
              "hosts": [{{string.Join(',', interfaces)}}],
              "routeTables": [{ "main": true, "routes": [{{string.Join(',', routes)}}] }]
            }
            """);
    }

    private int Entries => routesToMove + Others(hosts).Count();

    private int[] HostsOf(int entry) => entry < routesToMove ? [0, 1] : Others(hosts).ElementAt(entry - routesToMove);

    private static IEnumerable<int[]> Others(int hosts) => Enumerable.Range(2, hosts - 2).Chunk(4);

    private static IPAddress Host(int host) => IPAddress.Parse($"127.9.{host / 250}.{1 + (host % 250)}");

    private static RouteDestination Destination(int entry) => RouteDestination.Parse($"10.{entry / 250}.{entry % 250}.0/24");
}
