using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>Finds what a plan can't mend and an operator should know.</summary>
internal static class PlanWarnings
{
    public static IEnumerable<string> Of(PlanningInput input, RouterChoice routers)
    {
        var (spec, _, snapshot, policy, _) = input;
        if (routers.ManagedTables.IsEmpty && !spec.IsEmpty)
            yield return $"no route table of {snapshot.VpcId} serves a subnet with a host of the spec; check the spec's hosts and the VPC";
        foreach (var host in routers.Hosts.Values)
        {
            if (host.Interface is null)
                yield return $"host {host.Address} is on no network interface of {snapshot.VpcId}; it can't be a router";
            else if (host.Interface.SourceDestCheck)
                yield return $"source/dest check of {host.Interface.Id} ({host.Address}) is on, so EC2 drops what it should forward; run: aws ec2 modify-network-interface-attribute --network-interface-id {host.Interface.Id} --no-source-dest-check";
        }

        for (var entry = 0; entry < spec.Entries.Length; entry++)
        {
            if (!policy.Allows(spec.Entries[entry].Destination, isInSpec: true))
                yield return $"{spec.Entries[entry].Destination} is in the spec, but --ignore-routes or --managed-cidrs leaves it alone";
            else if (!HasUsable(routers.CandidatesOf(entry)))
                yield return NoHost(spec.Entries[entry]);
        }
    }

    private static string NoHost(RouteEntry entry) =>
        entry.Fallback is { } fallback
            ? $"{entry.Destination}: no host is usable; the fallback {fallback} stands in"
            : $"{entry.Destination}: no host is usable; the route stays as it is";

    private static bool HasUsable(ReadOnlySpan<RouterCandidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.IsUsable)
                return true;
        }

        return false;
    }
}
