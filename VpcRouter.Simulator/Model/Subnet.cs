using System.Net;

namespace VpcRouter.Simulator.Model;

internal sealed record Subnet(string Id, string? Name, string Zone, IPNetwork Cidr, IPNetwork? Ipv6Cidr);
