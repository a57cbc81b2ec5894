using System.Net;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Routers with as many routes as one likes: three hosts in three zones, each destination in every table.</summary>
internal static class LargeStatus
{
    public static RouterStatus Of(int tables, int destinations, params int[] failed)
    {
        var hosts = Enumerable.Range(1, 3).Select(i => IPAddress.Parse($"10.250.{i}.10")).ToArray();
        var spec = new RouteSpec(Enumerable.Range(0, destinations).Select(i => new RouteEntry(RouteDestination.Parse($"10.{i / 256}.{i % 256}.0/24"), [.. hosts])));
        var interfaces = hosts.Select((host, i) => new NetworkInterface($"eni-{i + 1}", $"subnet-{i + 1}", $"us-east-1{(char)('a' + i)}", [host]) { InstanceId = $"i-{i + 1}" });
        var routes = spec.Entries.Select((entry, i) => new Route(entry.Destination, RouteTarget.OfInterface($"eni-{(i % 3) + 1}"))).ToArray();
        var all = Enumerable.Range(1, tables).Select(i => new RouteTable($"rtb-{i}", [.. routes]) { Name = $"table {i}", Zones = [$"us-east-1{(char)('a' + (i % 3))}"] }).ToArray();
        var health = new HealthReport(failed.Select(i => hosts[i - 1]), [], EndpointHost.Now, "icmpecho");
        return new RouterStatus
        {
            StartedAt = EndpointHost.Now.AddHours(-1),
            Spec = spec,
            SpecReceivedAt = EndpointHost.Now.AddMinutes(-10),
            Health = health,
            HealthHistory = HealthHistory.Empty.WithHosts(spec.Hosts, EndpointHost.Now.AddMinutes(-10)).WithReport(health),
            Snapshot = new VpcSnapshot("vpc-1", EndpointHost.Now, [.. all], [.. interfaces]),
            Plan = new RoutePlan([], [], [.. all.Select(table => table.Id)]),
        };
    }
}
