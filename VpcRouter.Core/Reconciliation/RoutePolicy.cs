using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Reconciliation;

/// <summary>Which routes are managed, how routers are drawn, and what is too much at once. Immutable.</summary>
public sealed record RoutePolicy
{
    /// <summary>Destinations whose routes are left alone. A default route is matched only by itself. Default: none.</summary>
    public CidrList IgnoreRoutes { get; init; } = CidrList.Empty;

    /// <summary>The only destinations that are managed; empty (the default) means every one.</summary>
    public CidrList ManagedCidrs { get; init; } = CidrList.Empty;

    /// <summary>Makes <see cref="RouterSelectionMode.Random"/> repeatable. Default: 0.</summary>
    internal int RandomSeed { get; init; }

    /// <summary>How many routes one plan may delete; with more it deletes none. Default: half of the managed routes, 10 always.</summary>
    public DeleteLimit MaxDeletes { get; init; } = DeleteLimit.Default;

    /// <summary>
    /// The share of the spec's hosts that may fail within <see cref="PanicWindow"/>. While more have, the monitor itself is suspected and
    /// no route moves on its word. <see langword="null"/> (the default) trusts the monitor whatever it says.
    /// </summary>
    public Percentage? PanicThreshold { get; init; }

    /// <summary>How close together failures must be to be suspected, and so how long a panic lasts at most after the last. Default: 10 s.</summary>
    public TimeSpan PanicWindow { get; init; } = TimeSpan.FromSeconds(10);

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
