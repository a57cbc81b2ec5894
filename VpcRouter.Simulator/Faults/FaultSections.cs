using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Faults;

/// <summary>A faults document in parts.</summary>
internal sealed record FaultSections
{
    public int Seed { get; init; }

    /// <summary>Null for no throttling.</summary>
    public IReadOnlyList<ThrottleLimit>? Throttling { get; init; }

    public IReadOnlyList<FaultRule<Latency>> Latency { get; init; } = [];

    public IReadOnlyList<FaultRule<Failure>> Credentials { get; init; } = [];

    public IReadOnlyList<FaultRule<Denial>> Denied { get; init; } = [];

    public IReadOnlyList<RouteQuota> Quotas { get; init; } = [];

    public IReadOnlyList<HostFate> Hosts { get; init; } = [];

    public IReadOnlyList<FaultRule<Failure>> Errors { get; init; } = [];

    public IReadOnlyList<FaultRule<Staleness>> StaleReads { get; init; } = [];

    public IReadOnlyList<FaultRule<PageCap>> Pages { get; init; } = [];

    public AnswerShape Shape { get; init; } = AnswerShape.Usual;
}
