using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Probing;

/// <summary>What wakes the probe loop: a new host list, a finished probe, or, with neither, the timer.</summary>
/// <param name="Hosts">The new host list.</param>
/// <param name="Finished">The finished probe.</param>
/// <param name="Result">What it found.</param>
internal readonly record struct ProbeEvent(HostList? Hosts, HostProbe? Finished, ProbeResult Result);
