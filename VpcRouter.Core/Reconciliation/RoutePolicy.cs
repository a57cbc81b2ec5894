using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>Which routes are managed, and how routers are drawn. Immutable.</summary>
public sealed record RoutePolicy
{
    /// <summary>Destinations whose routes are left alone. A default route is matched only by itself. Default: none.</summary>
    public CidrList IgnoreRoutes { get; init; } = CidrList.Empty;

    /// <summary>The only destinations that are managed; empty (the default) means every one.</summary>
    public CidrList ManagedCidrs { get; init; } = CidrList.Empty;

    /// <summary>Makes <see cref="RouterSelectionMode.Random"/> repeatable. Default: 0.</summary>
    public int RandomSeed { get; init; }

    /// <summary>Whether a destination is neither ignored nor outside the managed CIDRs.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="isInSpec">Whether the spec names it; a prefix list lies in no CIDR and counts when it does.</param>
    public bool Allows(RouteDestination destination, bool isInSpec)
    {
        foreach (var ignored in IgnoreRoutes.Items)
        {
            if (ignored.IsDefaultRoute ? ignored == destination : ignored.Contains(destination))
                return false;
        }

        if (ManagedCidrs.Items.IsEmpty || (destination.PrefixListId is not null && isInSpec))
            return true;
        foreach (var managed in ManagedCidrs.Items)
        {
            if (managed.Contains(destination))
                return true;
        }

        return false;
    }
}
