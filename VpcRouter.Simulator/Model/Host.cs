using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Simulator.Model;

/// <summary>A router host: what stays known of an interface's addresses even after EC2 has forgotten the interface.</summary>
/// <param name="Address">The primary private address.</param>
/// <param name="Addresses">Every address of the interface.</param>
/// <param name="InterfaceId">The interface that carries the addresses.</param>
/// <param name="InstanceId">The instance that the interface is attached to.</param>
/// <param name="Zone">The availability zone.</param>
/// <param name="Responds">Whether its software works; it answers only while its instance runs as well.</param>
/// <param name="Since">When the host or its instance last changed state.</param>
internal sealed record Host(IPAddress Address, ImmutableArray<IPAddress> Addresses, string InterfaceId, string InstanceId, string Zone,
    bool Responds, DateTimeOffset Since);
