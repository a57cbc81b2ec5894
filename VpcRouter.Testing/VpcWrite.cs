using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Testing;

/// <summary>One write that reached the VPC's API. Immutable; two that ask for the same are equal.</summary>
/// <param name="Action">What it does.</param>
/// <param name="RouteTableId">The route table.</param>
/// <param name="Destination">The route.</param>
/// <param name="Target">Where the route is to point; <see langword="null"/> for a deletion.</param>
public sealed record VpcWrite(VpcAction Action, string RouteTableId, RouteDestination Destination, RouteTarget? Target)
{
    /// <summary>Makes one from texts, to compare with.</summary>
    /// <param name="action">What it does.</param>
    /// <param name="routeTableId">The route table.</param>
    /// <param name="destination">The route's destination, for example <c>10.1.0.0/16</c>.</param>
    /// <param name="networkInterface">The interface to point at; <see langword="null"/> for a deletion.</param>
    /// <exception cref="FormatException">The destination is none.</exception>
    public static VpcWrite Of(VpcAction action, string routeTableId, string destination, string? networkInterface = null) =>
        new(action, routeTableId, RouteDestination.Parse(destination), networkInterface is null ? null : RouteTarget.OfInterface(networkInterface));
}
