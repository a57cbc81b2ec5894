namespace VpcRouter.Simulator.Model;

internal sealed record Route(Destination Destination, RouteTarget Target, RouteOrigin Origin);
