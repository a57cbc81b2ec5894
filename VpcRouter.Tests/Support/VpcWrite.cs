using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

internal enum VpcAction
{
    Create,
    Replace,
    Delete,
}

/// <summary>One write that reached the VPC's API.</summary>
internal sealed record VpcWrite(VpcAction Action, string RouteTableId, RouteDestination Destination, RouteTarget? Target)
{
    public static VpcWrite Of(VpcAction action, string table, string destination, string? networkInterface = null) =>
        new(action, table, RouteDestination.Parse(destination), networkInterface is null ? null : RouteTarget.OfInterface(networkInterface));
}
