using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Simulator.Model;

internal sealed record VpcIdentity(string Id, string? Name, ImmutableArray<IPNetwork> Cidrs, ImmutableArray<IPNetwork> Ipv6Cidrs)
{
    public IEnumerable<IPNetwork> AllCidrs => Cidrs.Concat(Ipv6Cidrs);
}
