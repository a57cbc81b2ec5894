using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc;

/// <summary>A VPC as such. Immutable.</summary>
/// <param name="Id">Its id, <c>vpc-…</c>.</param>
/// <param name="OwnerId">The account that owns it.</param>
/// <param name="Cidrs">Its CIDR blocks, IPv4 and IPv6.</param>
public sealed record VpcDescription(string Id, string OwnerId, ImmutableArray<IPNetwork> Cidrs);
