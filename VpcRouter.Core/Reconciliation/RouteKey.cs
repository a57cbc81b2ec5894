using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>Names one route of the VPC.</summary>
internal readonly record struct RouteKey(string RouteTableId, RouteDestination Destination)
{
    public static RouteKey Of(RouteChange change) => new(change.RouteTableId, change.Destination);
}
