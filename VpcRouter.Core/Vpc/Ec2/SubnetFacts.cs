using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc.Ec2;

/// <summary>What of a subnet doesn't change, or as good as never. Immutable.</summary>
/// <param name="Zone">Its availability zone.</param>
/// <param name="Cidrs">Its CIDRs, IPv4 and IPv6.</param>
internal sealed record SubnetFacts(string Zone, ImmutableArray<IPNetwork> Cidrs);
