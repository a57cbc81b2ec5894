using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>One change of a plan: what to write where, and why. Immutable.</summary>
/// <param name="Kind">Why, as a class.</param>
/// <param name="RouteTableId">The route table.</param>
/// <param name="Destination">The route.</param>
/// <param name="From">Where it points now; <see langword="null"/> when it is missing.</param>
/// <param name="To">Where it will point; <see langword="null"/> when it is deleted.</param>
/// <param name="Reason">Why, in words that an operator understands.</param>
public sealed record RouteChange(RouteChangeKind Kind, string RouteTableId, RouteDestination Destination, RouteTarget? From, RouteTarget? To, string Reason)
{
    /// <summary>The host that was the router, where the spec or the interface says so.</summary>
    public IPAddress? OldRouter { get; init; }

    /// <summary>The host that becomes the router; <see langword="null"/> for a fallback target or a deletion.</summary>
    public IPAddress? NewRouter { get; init; }
}
