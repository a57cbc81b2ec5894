using System.Collections.Immutable;

namespace VpcRouter.Vpc;

/// <summary>What the cloud knows of an instance. Immutable.</summary>
/// <param name="InstanceId">Its id, <c>i-…</c>.</param>
/// <param name="State">Its state.</param>
public sealed record InstanceStatus(string InstanceId, InstanceState State)
{
    /// <summary>The check of what the instance itself is answerable for: its software and network configuration.</summary>
    public StatusCheck InstanceCheck { get; init; } = StatusCheck.NotApplicable;

    /// <summary>The check of what the instance runs on: power, hardware, the cloud's network.</summary>
    public StatusCheck SystemCheck { get; init; } = StatusCheck.NotApplicable;

    /// <summary>Every event scheduled for it, those that are over too.</summary>
    public ImmutableArray<ScheduledEvent> Events { get; init; } = [];
}
