namespace VpcRouter.Probing;

/// <summary>What one probe says of its host.</summary>
public enum ProbeOutcome
{
    /// <summary>Nothing: the prober itself was in trouble. Neither lengthens nor breaks a run of good or failed probes.</summary>
    Inconclusive,

    /// <summary>It answered.</summary>
    Alive,

    /// <summary>It didn't answer in time, or answered that it won't.</summary>
    Dead,
}
