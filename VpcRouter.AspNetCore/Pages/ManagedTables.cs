using VpcRouter.Hosting;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The route tables that the pages show.</summary>
internal static class ManagedTables
{
    /// <summary>The managed tables of the newest look; none before the first plan, which says which they are.</summary>
    public static IEnumerable<RouteTable> Of(RouterStatus status)
    {
        if (status is not { Snapshot: { } snapshot, Plan: { } plan })
            return [];
        var managed = plan.ManagedRouteTableIds.ToHashSet(StringComparer.Ordinal);
        return snapshot.RouteTables.Where(table => managed.Contains(table.Id));
    }
}
