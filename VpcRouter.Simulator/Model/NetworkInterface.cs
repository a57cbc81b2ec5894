using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Simulator.Model;

internal sealed record NetworkInterface(string Id, string SubnetId, string Zone, string InstanceId, int DeviceIndex, string MacAddress,
    IPAddress PrimaryAddress, ImmutableArray<IPAddress> SecondaryAddresses, ImmutableArray<IPAddress> Ipv6Addresses, bool SourceDestCheck)
{
    /// <summary>Primary first, as EC2 lists them.</summary>
    public IEnumerable<IPAddress> PrivateAddresses => SecondaryAddresses.Prepend(PrimaryAddress);
}
