using System.Collections.Immutable;
using System.Net;
using CsCheck;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.RouteSpecs;

/// <summary>Makes any valid route spec.</summary>
internal static class RouteSpecGen
{
    private static readonly Gen<IPAddress> Address = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes)),
        Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes)).Where(address => !address.IsIPv4MappedToIPv6));

    private static readonly Gen<RouteDestination> Destination = Gen.OneOf(
        Gen.Select(Address, Gen.Int[0, 128], (address, length) => RouteDestination.Parse($"{address}/{length % (address.GetAddressBytes().Length * 8 + 1)}")),
        Gen.Int[0, int.MaxValue].Select(number => RouteDestination.Parse($"pl-{number:x}")))
        .Where(destination => destination.Network is not { } network || !network.BaseAddress.IsIPv4MappedToIPv6);

    private static readonly Gen<RouteTarget?> Fallback = Gen.Int[0, 7].Select(index => new[] { "nat-1", "tgw-2", "vpce-3", "eni-4", "pcx-5", "igw-6", "vgw-7", "" }[index])
        .Select(id => RouteTarget.TryParseFallback(id, out var target) ? target : (RouteTarget?)null);

    private static readonly Gen<RouteEntry> Entry = Gen.Select(
        Destination,
        Address.Array[0, 4],
        Gen.Enum<RouterSelectionMode>(),
        Gen.Long[-TimeSpan.TicksPerHour, TimeSpan.TicksPerHour],
        Fallback,
        Gen.Int[1, 99].Array[0, 3],
        (destination, hosts, select, ticks, fallback, tables) => new RouteEntry(destination, [.. hosts.Distinct()])
        {
            Select = select,
            Failback = ticks < 0 ? null : TimeSpan.FromTicks(ticks),
            Fallback = fallback,
            RouteTables = tables.Distinct().Select(table => $"rtb-{table}").ToImmutableArray(),
        });

    public static Gen<RouteSpec> Spec { get; } = Entry.Array[1, 8].Select(entries => new RouteSpec(entries.DistinctBy(entry => entry.Destination)));
}
