using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Draws route specs, and changes to one.</summary>
internal sealed class SpecGen(Random random, ImmutableArray<IPAddress> hosts, ImmutableArray<string> tables)
{
    public static readonly ImmutableArray<RouteDestination> Destinations =
    [
        .. new[] { "10.1.0.0/16", "10.2.0.0/16", "10.3.4.0/24", "192.168.7.0/24", "0.0.0.0/0", "2001:db8:1::/48", "::/0", "pl-0a1b" }.Select(text => RouteDestination.Parse(text)),
    ];

    private static readonly RouteTarget[] Fallbacks =
    [
        new(RouteTargetKind.NatGateway, "nat-1"), new(RouteTargetKind.TransitGateway, "tgw-1"), RouteTarget.OfInterface("eni-fw"),
    ];

    public RouteSpec Draw() => new(Pick(Destinations, random.Next(1, 6)).Select(Entry));

    /// <summary>Some entries leave, some change, some come.</summary>
    public RouteSpec Change(RouteSpec spec)
    {
        var entries = spec.Entries.Where(_ => random.NextDouble() < 0.75).Select(entry => random.NextDouble() < 0.4 ? Entry(entry.Destination) : entry).ToList();
        var free = Destinations.Except(entries.Select(entry => entry.Destination)).ToImmutableArray();
        entries.AddRange(Pick(free, random.Next(entries.Count == 0 ? 1 : 0, 3)).Select(Entry));
        return new RouteSpec(entries);
    }

    private RouteEntry Entry(RouteDestination destination) => new(destination, random.NextDouble() < 0.03 ? [] : [.. Pick(hosts, random.Next(1, Math.Min(hosts.Length, 4) + 1))])
    {
        Select = (RouterSelectionMode)random.Next(4),
        Failback = random.NextDouble() < 0.3 ? TimeSpan.FromSeconds(random.Next(0, 46)) : null,
        Fallback = random.NextDouble() < 0.3 ? Fallbacks[random.Next(Fallbacks.Length)] : null,
        RouteTables = random.NextDouble() < 0.15 ? [.. Pick(tables, random.Next(1, tables.Length + 1))] : [],
    };

    private IEnumerable<T> Pick<T>(ImmutableArray<T> from, int count)
    {
        var shuffled = from.ToArray();
        random.Shuffle(shuffled);
        return shuffled.Take(count);
    }
}
