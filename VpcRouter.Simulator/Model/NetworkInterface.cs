using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Simulator.Model;

/// <param name="Id">The interface id.</param>
/// <param name="SubnetId">Its subnet.</param>
/// <param name="Zone">The availability zone.</param>
/// <param name="InstanceId">The instance that it is attached to; null while it is detached.</param>
/// <param name="DeviceIndex">Its place at the instance, the last one while it is detached.</param>
/// <param name="MacAddress">The MAC address.</param>
/// <param name="PrimaryAddress">The primary private address.</param>
/// <param name="SecondaryAddresses">The other private IPv4 addresses.</param>
/// <param name="Ipv6Addresses">The IPv6 addresses.</param>
/// <param name="SourceDestCheck">Whether EC2 drops what it forwards.</param>
internal sealed record NetworkInterface(string Id, string SubnetId, string Zone, string? InstanceId, int DeviceIndex, string MacAddress,
    IPAddress PrimaryAddress, ImmutableArray<IPAddress> SecondaryAddresses, ImmutableArray<IPAddress> Ipv6Addresses, bool SourceDestCheck)
{
    /// <summary>Primary first, as EC2 lists them.</summary>
    public IEnumerable<IPAddress> PrivateAddresses => SecondaryAddresses.Prepend(PrimaryAddress);
}
