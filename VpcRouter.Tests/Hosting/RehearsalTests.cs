using VpcRouter.Hosting;
using VpcRouter.Reconciliation;

namespace VpcRouter.Tests.Hosting;

public sealed class RehearsalTests
{
    [Test]
    public async Task RunAsync_WritesOneFailover()
    {
        var result = await Rehearsal.RunAsync();

        result.Outcomes.Should().ContainSingle(outcome => outcome.Succeeded && outcome.Change.Kind == RouteChangeKind.Failover);
    }
}
