namespace VpcRouter.Simulator.Model;

/// <summary>How a route came into its table; the names are EC2's own.</summary>
internal enum RouteOrigin
{
    CreateRouteTable,
    CreateRoute,
    EnableVgwRoutePropagation,
}
