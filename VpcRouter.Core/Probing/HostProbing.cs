namespace VpcRouter.Probing;

/// <summary>Where a host stands in the schedule.</summary>
internal struct HostProbing
{
    /// <summary>When the youngest probe was sent.</summary>
    public TimeSpan LastSent;

    /// <summary>When the next regular probe is due.</summary>
    public TimeSpan Due;

    /// <summary>When the next probe is due if the host is a suspect.</summary>
    public TimeSpan SuspectDue;

    /// <summary>The host's place in the first regular round.</summary>
    public TimeSpan FirstRound;

    /// <summary>The smoothed round-trip time; zero before the first answer.</summary>
    public TimeSpan Smoothed;

    /// <summary>When the first probe of the present run of failures was sent.</summary>
    public TimeSpan FailingSince;

    /// <summary>The oldest and the youngest probe under way.</summary>
    public int Oldest;
    public int Youngest;

    /// <summary>How many probes under way a verdict may still depend on.</summary>
    public int Undecided;
}
