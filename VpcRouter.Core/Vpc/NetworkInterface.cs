using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc;

/// <summary>A network interface in the VPC. Immutable.</summary>
/// <param name="Id">Its id, <c>eni-…</c>.</param>
/// <param name="SubnetId">Its subnet.</param>
/// <param name="Zone">Its availability zone.</param>
/// <param name="Addresses">Every private address of it, primary and secondary, IPv4 and IPv6.</param>
public sealed record NetworkInterface(string Id, string SubnetId, string Zone, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>The instance it is attached to, or <see langword="null"/>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether it is attached.</summary>
    public bool IsAttached { get; init; } = true;

    /// <summary>Whether its instance runs; known only where two interfaces claim an address or a route is a blackhole, else true.</summary>
    public bool IsInstanceRunning { get; init; } = true;

    /// <summary>Whether EC2 drops packets that are not for itself; a router needs this off.</summary>
    public bool SourceDestCheck { get; init; }
}
