namespace VpcRouter.Health;

/// <summary>What a health report says of a host.</summary>
public enum HealthState
{
    /// <summary>In neither list, or never probed.</summary>
    Healthy,

    /// <summary>Still forwarding, but about to change.</summary>
    Questionable,

    /// <summary>Doesn't forward any more.</summary>
    Failed,
}
