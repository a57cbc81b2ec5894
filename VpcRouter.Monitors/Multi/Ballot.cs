using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Multi;

/// <summary>
/// Combines what monitors say. A host has failed when enough of them call it failed, and is questionable when it hasn't failed and any
/// calls it questionable. Pure.
/// </summary>
/// <remarks>
/// Questionable needs no further votes, because few monitors can say it: probes see only that a host answers, never what is about to
/// happen to it. Nor does it cost much: routes leave such a host only for a healthy one.
/// </remarks>
internal static class Ballot
{
    /// <summary>Counts the votes.</summary>
    /// <param name="votes">The newest report of each monitor that has a vote; at least one.</param>
    /// <param name="mode">How many votes are enough.</param>
    /// <param name="hosts">The hosts to count for; what the reports say of others, removed since, is passed over.</param>
    /// <param name="at">The time of the report.</param>
    /// <param name="observer">Its observer.</param>
    public static HealthReport Count(IReadOnlyCollection<HealthReport> votes, MultiMode mode, HostList hosts, DateTimeOffset at, string observer)
    {
        var needed = mode.Needed(votes.Count);
        var against = new Dictionary<IPAddress, int>();
        foreach (var host in votes.SelectMany(vote => vote.Failed).Where(hosts.Contains))
            against[host] = against.GetValueOrDefault(host) + 1;
        var failed = against.Where(count => count.Value >= needed).Select(count => count.Key);
        return new HealthReport(failed, votes.SelectMany(vote => vote.Questionable).Where(hosts.Contains), at, observer);
    }
}
