using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Ownership;

/// <summary>A route as VpcRouter wrote it, or was about to. Immutable.</summary>
/// <param name="RouteTableId">The route table.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Target">Where it was pointed at: with any other target the route isn't ours.</param>
internal sealed record OwnedRoute(string RouteTableId, RouteDestination Destination, RouteTarget Target);
