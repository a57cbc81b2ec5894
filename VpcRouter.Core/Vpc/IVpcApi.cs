using VpcRouter.RouteSpecs;

namespace VpcRouter.Vpc;

/// <summary>
/// The port to the VPC: one look, three writes. Every failure surfaces as <see cref="VpcApiException"/>, and only cancellation of the given
/// token as <see cref="OperationCanceledException"/>. Implementations are thread-safe.
/// </summary>
public interface IVpcApi
{
    /// <summary>Looks at the whole VPC.</summary>
    Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Creates a route.</summary>
    Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken);

    /// <summary>Points an existing route at another target.</summary>
    Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken);

    /// <summary>Deletes a route.</summary>
    Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken);
}
