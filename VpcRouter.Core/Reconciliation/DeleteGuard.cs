namespace VpcRouter.Reconciliation;

/// <summary>
/// Keeps a plan from deleting more routes than anybody is likely to have meant. Then it deletes none of them: half a mistake is still
/// a mistake, and which half would be chance.
/// </summary>
internal static class DeleteGuard
{
    public const string Name = "max-deletes";

    /// <summary>What is held back, or <see langword="null"/> when the deletions are few enough.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="deletions">Every deletion that the plan would make.</param>
    /// <param name="managedRoutes">How many managed routes there are.</param>
    public static HeldBackChanges? Check(DeleteLimit limit, IReadOnlyCollection<RouteChange> deletions, int managedRoutes)
    {
        var allowed = limit.Allowed(managedRoutes);
        return deletions.Count <= allowed
            ? null
            : new HeldBackChanges(
                Name,
                $"{deletions.Count} of {managedRoutes} managed routes would be deleted, more than the {allowed} that --max-deletes {limit} allows at once; none of them is. Check the route spec; if it is meant, give --max-deletes {deletions.Count}",
                [.. deletions]);
    }
}
