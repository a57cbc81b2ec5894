using VpcRouter.RouteSpecs;

namespace VpcRouter.Vpc;

/// <summary>One route of a route table. Immutable.</summary>
/// <param name="Destination">What it matches.</param>
/// <param name="Target">Where it points.</param>
/// <param name="State">Whether it leads anywhere.</param>
/// <param name="IsCreated">Whether somebody made it by <c>CreateRoute</c>; false for local, propagated and advertised routes.</param>
public sealed record Route(RouteDestination Destination, RouteTarget Target, RouteState State = RouteState.Active, bool IsCreated = true)
{
    /// <summary>The instance that EC2 names beside the interface, for showing only: it is unreliable in shared VPCs.</summary>
    public string? InstanceId { get; init; }
}
