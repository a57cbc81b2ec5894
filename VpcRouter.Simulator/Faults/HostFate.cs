using System.Collections.Immutable;
using System.Net;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Faults;

/// <summary>What befalls a host at a moment. What isn't given stays as it is.</summary>
/// <param name="Path">Where it stands in the document, which is also its name in counts.</param>
/// <param name="Address">Any address of the host.</param>
/// <param name="After">How long after the faults were put in force.</param>
/// <param name="State">What the host becomes.</param>
/// <param name="Status">What the status checks of its instance say.</param>
/// <param name="InstanceId">The instance that its interface is moved to.</param>
/// <param name="SecondaryAddresses">The secondary addresses of its interface; another interface that has one loses it.</param>
internal sealed record HostFate(string Path, IPAddress Address, TimeSpan After, HostState? State, HostStatus? Status, string? InstanceId,
    ImmutableArray<IPAddress>? SecondaryAddresses);
