using System.Collections.Immutable;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting;

/// <summary>The router's state at one moment. Immutable.</summary>
public sealed record RouterStatus
{
    /// <summary>When the router started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The spec in force; <see langword="null"/> before the first.</summary>
    public RouteSpec? Spec { get; init; }

    /// <summary>When that spec came.</summary>
    public DateTimeOffset? SpecReceivedAt { get; init; }

    /// <summary>The health report in force; <see langword="null"/> before the first.</summary>
    public HealthReport? Health { get; init; }

    /// <summary>Since when each host of the spec is what the report says of it.</summary>
    public HealthHistory HealthHistory { get; init; } = HealthHistory.Empty;

    /// <summary>The guards that are switched on, each with what it holds back now.</summary>
    public ImmutableArray<GuardStatus> Guards { get; init; } = [];

    /// <summary>The VPC as last seen, with our own writes laid over it; <see langword="null"/> before the first look.</summary>
    public VpcSnapshot? Snapshot { get; init; }

    /// <summary>The newest plan; <see langword="null"/> before the first.</summary>
    public RoutePlan? Plan { get; init; }

    /// <summary>The spec that the newest plan was made for; for a moment an older one than <see cref="Spec"/>.</summary>
    public RouteSpec? PlannedSpec { get; init; }

    /// <summary>When the newest plan was completely carried out, or found empty.</summary>
    public DateTimeOffset? LastInLineAt { get; init; }

    /// <summary>The newest outcome for each route that was written, by route table and destination.</summary>
    public ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteChangeOutcome> Outcomes { get; init; } =
        ImmutableDictionary<(string RouteTableId, RouteDestination Destination), RouteChangeOutcome>.Empty;

    /// <summary>Why the VPC could not be looked at; <see langword="null"/> while the newest look succeeded.</summary>
    public VpcApiException? LookError { get; init; }

    /// <summary>The watcher.</summary>
    public PluginStatus Watcher { get; init; } = PluginStatus.NotStarted;

    /// <summary>The monitor.</summary>
    public PluginStatus Monitor { get; init; } = PluginStatus.NotStarted;
}
