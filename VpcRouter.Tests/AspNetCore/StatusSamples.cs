using System.Collections.Immutable;
using System.Net;
using System.Text;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A router at work: two hosts, one of them failed, a route that moved, one that is somebody else's and one that couldn't be made.</summary>
internal static class StatusSamples
{
    public static RouterStatus AtWork { get; } = Make();

    private static RouterStatus Make()
    {
        var spec = new RouteSpecReader().Read(Encoding.UTF8.GetBytes("""
            {"10.1.0.0/16": ["10.33.20.93", "10.33.30.22"], "10.2.0.0/16": {"hosts": ["10.33.30.22"], "select": "ordered", "failback": "90s"},
             "10.3.0.0/16": ["10.33.20.93"], "10.4.0.0/16": ["10.33.20.93"]}
            """)).Spec!;
        NetworkInterface[] interfaces =
        [
            new("eni-a", "subnet-1", "us-east-1a", [IPAddress.Parse("10.33.20.93")]) { InstanceId = "i-a" },
            new("eni-b", "subnet-1", "us-east-1a", [IPAddress.Parse("10.33.30.22")]) { InstanceId = "i-b" },
            new("eni-x", "subnet-1", "us-east-1a", [IPAddress.Parse("10.33.40.1")]) { InstanceId = "i-x" },
        ];
        var table = new RouteTable("rtb-1",
        [
            Route("10.1.0.0/16", RouteTarget.OfInterface("eni-b")),
            Route("10.2.0.0/16", RouteTarget.OfInterface("eni-x")),
            Route("10.3.0.0/16", new RouteTarget(RouteTargetKind.NatGateway, "nat-1")),
            new Route(RouteDestination.Parse("10.33.0.0/16"), new RouteTarget(RouteTargetKind.Local, "local"), IsCreated: false),
        ]);
        var other = new RouteTable("rtb-unmanaged", [Route("10.4.0.0/16", RouteTarget.OfInterface("eni-a"))]);
        var moved = new RouteChange(RouteChangeKind.Failover, "rtb-1", RouteDestination.Parse("10.1.0.0/16"), RouteTarget.OfInterface("eni-a"), RouteTarget.OfInterface("eni-b"), "10.33.20.93 has failed")
        {
            OldRouter = IPAddress.Parse("10.33.20.93"),
            NewRouter = IPAddress.Parse("10.33.30.22"),
        };
        var failed = new RouteChange(RouteChangeKind.Create, "rtb-1", RouteDestination.Parse("10.4.0.0/16"), null, RouteTarget.OfInterface("eni-a"), "the route is missing");
        RouteChangeOutcome[] outcomes =
        [
            new(moved, EndpointHost.Now, null),
            new(failed, EndpointHost.Now, new VpcApiException(VpcApiErrorKind.RouteLimitExceeded, "RouteLimitExceeded", "The table is full.")),
        ];
        var health = new HealthReport([IPAddress.Parse("10.33.20.93")], [IPAddress.Parse("10.33.30.22")], EndpointHost.Now.AddSeconds(-30), "icmpecho");
        return new RouterStatus
        {
            StartedAt = EndpointHost.Now.AddHours(-1),
            Spec = spec,
            SpecReceivedAt = EndpointHost.Now.AddMinutes(-10),
            Health = health,
            HealthHistory = HealthHistory.Empty.WithHosts(spec.Hosts, EndpointHost.Now.AddMinutes(-10)).WithReport(health),
            Snapshot = new VpcSnapshot("vpc-1", EndpointHost.Now, [table, other], [.. interfaces]),
            Plan = new RoutePlan([failed], ["the source/dest check of eni-b is on"], ["rtb-1"]),
            Outcomes = outcomes.ToImmutableDictionary(outcome => (outcome.Change.RouteTableId, outcome.Change.Destination)),
        };
    }

    private static Route Route(string destination, RouteTarget target) => new(RouteDestination.Parse(destination), target);
}
