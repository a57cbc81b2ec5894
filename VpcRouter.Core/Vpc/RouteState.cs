namespace VpcRouter.Vpc;

/// <summary>Whether a route leads anywhere, as EC2 sees it.</summary>
public enum RouteState
{
    /// <summary>The target exists.</summary>
    Active,

    /// <summary>The target is gone or stopped: packets are dropped.</summary>
    Blackhole,

    /// <summary>Filtered out by a gateway; not in force.</summary>
    Filtered,
}
