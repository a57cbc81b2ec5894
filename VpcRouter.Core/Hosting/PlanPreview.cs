using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>Asks the running router's own reconciler, whose snapshot, policy and memory of writes the plan must reckon with.</summary>
internal sealed class PlanPreview(VpcConnection connection, RouterState state, TimeProvider time) : IPlanPreview
{
    public RoutePlan? Preview(RouteSpec spec) =>
        connection.Reconciler is { Snapshot: not null } reconciler ? reconciler.Preview(spec, state.Current.HealthHistory.WithHosts(spec.Hosts, time.GetUtcNow())) : null;
}
