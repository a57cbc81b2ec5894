using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc;

/// <summary>What one look at the VPC returned. Immutable and thread-safe.</summary>
public sealed class VpcSnapshot
{
    private readonly FrozenDictionary<IPAddress, NetworkInterface> _byAddress;
    private readonly FrozenDictionary<string, NetworkInterface> _byId;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="vpcId">The VPC.</param>
    /// <param name="takenAt">When the look began.</param>
    /// <param name="routeTables">Its route tables.</param>
    /// <param name="networkInterfaces">Its network interfaces.</param>
    public VpcSnapshot(string vpcId, DateTimeOffset takenAt, ImmutableArray<RouteTable> routeTables, ImmutableArray<NetworkInterface> networkInterfaces)
        : this(vpcId, takenAt, routeTables, networkInterfaces, ByAddress(networkInterfaces), networkInterfaces.ToFrozenDictionary(item => item.Id))
    {
    }

    private VpcSnapshot(
        string vpcId,
        DateTimeOffset takenAt,
        ImmutableArray<RouteTable> routeTables,
        ImmutableArray<NetworkInterface> networkInterfaces,
        FrozenDictionary<IPAddress, NetworkInterface> byAddress,
        FrozenDictionary<string, NetworkInterface> byId)
    {
        VpcId = vpcId;
        TakenAt = takenAt;
        RouteTables = routeTables;
        NetworkInterfaces = networkInterfaces;
        _byAddress = byAddress;
        _byId = byId;
    }

    /// <summary>The VPC.</summary>
    public string VpcId { get; }

    /// <summary>When the look began.</summary>
    public DateTimeOffset TakenAt { get; }

    /// <summary>The VPC's route tables.</summary>
    public ImmutableArray<RouteTable> RouteTables { get; }

    /// <summary>The VPC's network interfaces.</summary>
    public ImmutableArray<NetworkInterface> NetworkInterfaces { get; }

    /// <summary>The interface that carries an address; where two claim it, the attached one of a running instance.</summary>
    /// <returns>The interface, or <see langword="null"/> when none carries the address.</returns>
    public NetworkInterface? InterfaceOf(IPAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The interface with an id, or <see langword="null"/>.</summary>
    public NetworkInterface? InterfaceById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The same look with other route tables, as after writes of our own.</summary>
    internal VpcSnapshot WithRouteTables(ImmutableArray<RouteTable> routeTables) =>
        new(VpcId, TakenAt, routeTables, NetworkInterfaces, _byAddress, _byId);

    private static FrozenDictionary<IPAddress, NetworkInterface> ByAddress(ImmutableArray<NetworkInterface> networkInterfaces)
    {
        var best = new Dictionary<IPAddress, NetworkInterface>(networkInterfaces.Length);
        foreach (var candidate in networkInterfaces)
        {
            foreach (var address in candidate.Addresses)
            {
                if (!best.TryGetValue(address, out var other) || IsBetterClaim(candidate, other))
                    best[address] = candidate;
            }
        }

        return best.ToFrozenDictionary();
    }

    private static bool IsBetterClaim(NetworkInterface candidate, NetworkInterface other)
    {
        var difference = Strength(candidate) - Strength(other);
        return difference != 0 ? difference > 0 : string.CompareOrdinal(candidate.Id, other.Id) < 0;
    }

    private static int Strength(NetworkInterface claim) =>
        (claim.IsAttached ? 2 : 0) + (claim.IsInstanceRunning && claim.InstanceId is not null ? 1 : 0);
}
