using System.Net;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator;
using VpcRouter.Vpc.Ec2;

// A VPC on loopback that the real AWS SDK talks to, with route tables and hosts, as EC2 would show them.
await using var simulator = await SimulatorHost.StartAsync();
using var ec2 = Ec2ClientFactory.Create(simulator.Vpc.Region, simulator.Endpoint);
using var reconciler = new RouteReconciler(new Ec2VpcApi(ec2, simulator.Vpc.VpcId), new RoutePolicy());

IPAddress first = IPAddress.Parse("127.0.1.10"), second = IPAddress.Parse("127.0.2.10");
var spec = new RouteSpec([new RouteEntry(RouteDestination.Parse("10.55.16.0/24"), [first, second]) { Select = RouterSelectionMode.Ordered }]);

await reconciler.ReconcileAsync(spec, HealthReport.AllHealthy, CancellationToken.None);
var firstIsDead = new HealthReport(failed: [first], questionable: [], DateTimeOffset.UtcNow, "this program");
var result = await reconciler.ReconcileAsync(spec, firstIsDead, CancellationToken.None);

foreach (var outcome in result.Outcomes)
    Console.WriteLine($"{(outcome.Succeeded ? "done" : outcome.Error!.Code)}: {outcome.Change}");
var moved = result.Outcomes.Count(outcome => outcome.Succeeded && second.Equals(outcome.Change.NewRouter));
Console.WriteLine($"{moved} routes failed over");
return moved > 0 && result.IsComplete ? 0 : 1;
