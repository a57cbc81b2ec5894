using VpcRouter.Health;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Events of a router whose host 1 fails at noon: verdict after 0 ms, plan after 2 ms, writes from 3 ms on.</summary>
internal static class EventSamples
{
    public static VerdictEvent Verdict { get; } = new(After(1), HealthReport.AllHealthy, new HealthReport([TestSpec.Host(1)], [], EndpointHost.Now, "tcp"));

    public static DateTimeOffset After(int milliseconds) => EndpointHost.Now.AddMilliseconds(milliseconds);

    public static RouteChange Move(string table, string destination = "10.1.0.0/16", RouteChangeKind kind = RouteChangeKind.Failover, string? reason = null) =>
        new(kind, table, RouteDestination.Parse(destination), RouteTarget.OfInterface("eni-1"), RouteTarget.OfInterface("eni-2"), reason ?? "router 10.0.0.1 has failed")
        {
            OldRouter = TestSpec.Host(1),
            NewRouter = TestSpec.Host(2),
            VerdictAt = EndpointHost.Now,
        };

    public static PlanEvent Plan(params RouteChange[] changes) => new(After(2), new RoutePlan([.. changes], [], []), DryRun: false);

    public static WriteEvent Write(RouteChange change, int at, VpcApiException? error = null) => new(new RouteChangeOutcome(change, After(at), error) { RequestedAt = After(3) });

    public static SpecEvent Spec(int hosts = 1) => new(EndpointHost.Now, TestSpec.Of("10.1.0.0/16", [.. Enumerable.Range(1, hosts)]));
}
