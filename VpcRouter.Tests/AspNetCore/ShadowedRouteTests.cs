using VpcRouter.AspNetCore.Routes;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Propagated routes beside created ones for the same destinations, as a transit gateway or a VPN brings them.</summary>
public class ShadowedRouteTests
{
    private const int Destinations = 50_000;
    private const int Shadowed = 40_000;

    [Test]
    public void Board_PropagatedRoutesBesideCreatedOnes_ShowsTheCreatedOnes()
    {
        var status = LargeStatus.Of(1, Destinations);
        var table = status.Snapshot!.RouteTables[0];
        var propagated = table.Routes.Select(route => route with { Target = new RouteTarget(RouteTargetKind.VpnGateway, "vgw-1"), IsCreated = false }).ToArray();
        table = table with { Routes = [.. propagated, .. table.Routes.Take(Shadowed)] };
        var board = new RouteBoard(status with { Snapshot = new VpcSnapshot("vpc-1", EndpointHost.Now, [table], status.Snapshot.NetworkInterfaces) });

        propagated.Count(route => board.IsShadowed(table, route)).Should().Be(Shadowed);
        table.Routes.Skip(Destinations).Should().NotContain(route => board.IsShadowed(table, route));
        board.RoutesOf.Values.Sum().Should().Be(Shadowed);
        new TablePage(board, new RouteQuery()).Total.Should().Be(Destinations);
    }
}
