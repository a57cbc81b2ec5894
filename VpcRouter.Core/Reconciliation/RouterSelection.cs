using System.Net;
using System.Text;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>Chooses a router among candidates of one health class. Pure, and the same in every process: replicas choose alike.</summary>
internal static class RouterSelection
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Chooses one of the usable candidates of a health class, or none.</summary>
    public static RouterCandidate? Select(RouteEntry entry, ReadOnlySpan<RouterCandidate> candidates, HealthState health, string? zone, int seed)
    {
        if (entry.Select == RouterSelectionMode.Ordered)
        {
            foreach (var candidate in candidates)
            {
                if (candidate.IsUsableAs(health))
                    return candidate;
            }

            return null;
        }

        if (zone is not null && HighestRank(entry, candidates, health, zone, 0) is { } inZone)
            return inZone;
        return HighestRank(entry, candidates, health, zone: null, entry.Select == RouterSelectionMode.Random ? Mix((ulong)(uint)seed + 1) : 0);
    }

    /// <summary>The rank of a host for a destination: rendezvous hashing gives the route to the highest.</summary>
    internal static ulong Rank(RouteDestination destination, IPAddress host, ulong salt)
    {
        Span<byte> bytes = stackalloc byte[64];
        var hash = FnvOffset ^ salt;
        if (destination.Network is { } network)
        {
            network.BaseAddress.TryWriteBytes(bytes, out var count);
            bytes[count] = (byte)network.PrefixLength;
            hash = Fnv(hash, bytes[..(count + 1)]);
        }
        else
        {
            hash = Fnv(hash, Encoding.ASCII.GetBytes(destination.PrefixListId!));
        }

        host.TryWriteBytes(bytes, out var length);
        return Mix(Fnv(Mix(hash), bytes[..length]));
    }

    private static RouterCandidate? HighestRank(RouteEntry entry, ReadOnlySpan<RouterCandidate> candidates, HealthState health, string? zone, ulong salt)
    {
        RouterCandidate? best = null;
        ulong bestRank = 0;
        foreach (var candidate in candidates)
        {
            if (!candidate.IsUsableAs(health) || (zone is not null && candidate.Interface!.Zone != zone))
                continue;
            var rank = Rank(entry.Destination, candidate.Address, salt);
            if (best is null || rank > bestRank)
                (best, bestRank) = (candidate, rank);
        }

        return best;
    }

    private static ulong Fnv(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            hash = (hash ^ b) * FnvPrime;
        return hash;
    }

    // The finaliser of SplitMix64: spreads FNV's weak high bits, on which the comparison of ranks depends.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
