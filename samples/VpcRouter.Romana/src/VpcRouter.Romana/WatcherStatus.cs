namespace VpcRouter.Romana;

/// <summary>How the watcher is, for the status page and readiness. Immutable.</summary>
internal sealed record WatcherStatus
{
    public string? ConnectedTo { get; init; }

    public string? ConnectionProblem { get; init; } = "there was no answer from etcd yet";

    public string? TopologyProblem { get; init; }

    public long? Revision { get; init; }

    public DateTimeOffset? LastTopologyChange { get; init; }

    public DateTimeOffset? LastRouteSpecUpdate { get; init; }

    public int Routes { get; init; }

    public int Hosts { get; init; }

    public long Connections { get; init; }

    public long TopologiesRead { get; init; }

    public long TopologiesRefused { get; init; }

    public string? Problem => ConnectionProblem is null || TopologyProblem is null ? ConnectionProblem ?? TopologyProblem : $"{ConnectionProblem}; {TopologyProblem}";
}
