using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>Explains from the router's state, with the policy and the memory of the reconciler that plans. Thread-safe.</summary>
internal sealed class RouteExplanations(VpcConnection connection, RouterState state) : IRouteExplanations
{
    public RouteExplanation? Explain(RouteDestination destination) =>
        state.Current is { Spec: { } spec, Snapshot: not null } status && connection.Reconciler is { } reconciler
            ? reconciler.Explain(spec, status.HealthHistory, destination)
            : null;
}
