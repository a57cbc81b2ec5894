using System.Collections.Immutable;

namespace VpcRouter.Simulator.Model;

/// <param name="Id">The instance id.</param>
/// <param name="Name">The Name tag.</param>
/// <param name="Zone">The availability zone.</param>
/// <param name="State">Its state now.</param>
/// <param name="Generation">Counts the changes of state, so that a timer set for an earlier state can tell that it is late.</param>
/// <param name="LaunchTime">When it last started.</param>
/// <param name="InterfaceIds">Its interfaces by device index; empty once terminated.</param>
/// <param name="Status">What its status checks say while it runs.</param>
/// <param name="StatusSince">When the status was last set.</param>
/// <param name="EventsSince">When the scheduled events were last set.</param>
/// <param name="IsForgotten">Whether EC2 doesn't show it any more, an hour after its termination.</param>
internal sealed record Instance(string Id, string? Name, string Zone, InstanceState State, int Generation, DateTimeOffset LaunchTime,
    ImmutableArray<string> InterfaceIds, HostStatus Status = HostStatus.Ok,
    DateTimeOffset StatusSince = default, DateTimeOffset EventsSince = default, bool IsForgotten = false)
{
    /// <summary>The events scheduled for it, those that its status implies aside.</summary>
    public ImmutableArray<SimulatedEvent> Events { get; init; } = [];
}
