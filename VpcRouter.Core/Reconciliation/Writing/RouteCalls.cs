using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Writing;

/// <summary>Makes the one API call that a change asks for and turns what is thrown into an answer. Thread-safe.</summary>
internal sealed class RouteCalls(IVpcApi api)
{
    public static WriteAction ActionOf(RouteChangeKind kind) => kind switch
    {
        RouteChangeKind.Create => WriteAction.CreateRoute,
        RouteChangeKind.Delete => WriteAction.DeleteRoute,
        _ => WriteAction.ReplaceRoute,
    };

    // A call under way is never cancelled: it is short, bounded by the API's own deadline, and half a write can't be undone.
    public async Task<VpcApiException?> CallAsync(WriteAction action, RouteChange change)
    {
        try
        {
            await (action switch
            {
                WriteAction.DeleteRoute => api.DeleteRouteAsync(change.RouteTableId, change.Destination, CancellationToken.None),
                WriteAction.CreateRoute => api.CreateRouteAsync(change.RouteTableId, change.Destination, change.To!.Value, CancellationToken.None),
                _ => api.ReplaceRouteAsync(change.RouteTableId, change.Destination, change.To!.Value, CancellationToken.None),
            }).ConfigureAwait(false);
            return null;
        }
        catch (VpcApiException e)
        {
            // A route to be deleted that is gone already is what was wanted.
            return action == WriteAction.DeleteRoute && e.Kind == VpcApiErrorKind.RouteNotFound ? null : e;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // An IVpcApi that breaks its contract must not take the other writes down.
            return new VpcApiException(VpcApiErrorKind.Unavailable, e.GetType().Name, e.Message, e);
        }
    }
}
