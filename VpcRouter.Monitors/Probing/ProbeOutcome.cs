namespace VpcRouter.Monitors.Probing;

/// <summary>What one probe says of its host.</summary>
internal enum ProbeOutcome
{
    /// <summary>Nothing: the prober itself was in trouble.</summary>
    Inconclusive,

    /// <summary>It answered.</summary>
    Alive,

    /// <summary>It didn't answer in time, or answered that it won't.</summary>
    Dead,
}
