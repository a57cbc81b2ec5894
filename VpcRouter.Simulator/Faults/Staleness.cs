namespace VpcRouter.Simulator.Faults;

/// <summary>How old the VPC is that an answer shows.</summary>
/// <param name="Age">At least so old.</param>
/// <param name="Random">At most so much older.</param>
/// <param name="Frozen">The VPC as it was when the rule came into force; the ages don't count then.</param>
internal sealed record Staleness(TimeSpan Age, TimeSpan Random, bool Frozen)
{
    /// <summary>The moment that the answer shows.</summary>
    /// <param name="now">The moment of the call.</param>
    /// <param name="begin">When the rule came into force.</param>
    /// <param name="roll">From 0 to below 1.</param>
    public DateTimeOffset MomentAt(DateTimeOffset now, DateTimeOffset begin, double roll) =>
        Frozen ? begin : now - Age - (Random * roll);
}
