namespace VpcRouter.Testing;

/// <summary>What the check of a monitor's contract can't know by itself. Immutable.</summary>
public sealed record MonitorContractOptions : ContractOptions
{
    /// <summary>Hosts that the monitor finds healthy. Default: 127.0.0.1.</summary>
    public IReadOnlyList<string> HealthyHosts { get; init; } = ["127.0.0.1"];

    /// <summary>Hosts that the monitor finds failed. Give two where it can: only they show whether its reports are full. Default: none.</summary>
    public IReadOnlyList<string> FailedHosts { get; init; } = [];
}
