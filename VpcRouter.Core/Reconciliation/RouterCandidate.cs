using System.Net;
using VpcRouter.Health;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>A host of the spec as the planner sees it: the interface that carries it now, and whether it can take routes.</summary>
internal sealed class RouterCandidate(IPAddress address, NetworkInterface? networkInterface, HealthState health)
{
    public IPAddress Address { get; } = address;

    public NetworkInterface? Interface { get; } = networkInterface;

    public HealthState Health { get; } = health;

    /// <summary>Whether EC2 shows a route to its interface as a blackhole: the instance is stopped, whatever the monitor says.</summary>
    public bool IsBlackhole { get; init; }

    /// <summary>Whether it can forward as far as EC2 shows.</summary>
    public bool IsUp => Interface is { IsAttached: true, IsInstanceRunning: true } && !IsBlackhole;

    /// <summary>Whether it may be chosen at all.</summary>
    public bool IsUsable => IsUp && Health != HealthState.Failed;

    /// <summary>Whether it may be chosen and is of a health class.</summary>
    public bool IsUsableAs(HealthState health) => Health == health && IsUsable;

    public RouteTarget Target => RouteTarget.OfInterface(Interface!.Id);

    public bool Carries(RouteTarget target) =>
        target.Kind == RouteTargetKind.NetworkInterface ? Interface is not null && Interface.Id == target.Id
        : target.Kind == RouteTargetKind.Instance && Interface?.InstanceId is { } instance && instance == target.Id;
}
