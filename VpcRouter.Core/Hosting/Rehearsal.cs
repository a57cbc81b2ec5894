using System.Net;
using System.Text;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting;

/// <summary>
/// Fails over one route of a VPC that doesn't exist. A router often runs for weeks in line before its first failover, which would
/// otherwise be the one that waits for the code to be compiled. Nothing is sent, logged or counted.
/// </summary>
internal static class Rehearsal
{
    // For documentation only (RFC 5737).
    private const string Host = "192.0.2.1";
    private const string Other = "192.0.2.2";
    private const string Destination = "198.51.100.0/24";

    public static async Task<ReconcileResult> RunAsync()
    {
        var spec = new RouteSpecReader().Read(Encoding.UTF8.GetBytes($$"""{ "{{Destination}}": ["{{Host}}", "{{Other}}"] }""")).Spec!;
        using var reconciler = new RouteReconciler(new Stage(), new RoutePolicy());
        return await reconciler.ReconcileAsync(spec, new HealthReport([spec.Hosts.First()], [], DateTimeOffset.UnixEpoch, nameof(Rehearsal)), CancellationToken.None).ConfigureAwait(false);
    }

    private sealed class Stage : IVpcApi
    {
        private const string Subnet = "subnet-0";

        public Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken) => Task.FromResult(new VpcSnapshot(
            "vpc-0",
            DateTimeOffset.UnixEpoch,
            [new RouteTable("rtb-0", [new Route(RouteDestination.Parse(Destination), RouteTarget.OfInterface("eni-1"))]) { SubnetIds = [Subnet] }],
            [InterfaceOf("eni-1", Host), InterfaceOf("eni-2", Other)]));

        public Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken) => Task.CompletedTask;

        private static NetworkInterface InterfaceOf(string id, string address) => new(id, Subnet, "a", [IPAddress.Parse(address)]);
    }
}
