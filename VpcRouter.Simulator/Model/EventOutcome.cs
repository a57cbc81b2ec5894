namespace VpcRouter.Simulator.Model;

/// <summary>How a scheduled event stands.</summary>
public enum EventOutcome
{
    /// <summary>It is to come, or under way.</summary>
    Ahead,

    /// <summary>It is over.</summary>
    Completed,

    /// <summary>It was called off.</summary>
    Canceled,
}
