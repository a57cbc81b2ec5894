namespace VpcRouter.Simulator.Faults;

/// <summary>When a fault strikes: which calls, how likely, how often and for how long.</summary>
/// <param name="Path">Where it stands in the document, which is also its name in counts.</param>
/// <param name="Actions">The actions that it may strike.</param>
/// <param name="Probability">From 0 to 1, for each call that the rest lets through.</param>
/// <param name="SkipCalls">How many matching calls it spares at first.</param>
/// <param name="Calls">How often it strikes at most; null for always.</param>
/// <param name="After">How long it waits after the faults were put in force.</param>
/// <param name="For">How long it lasts from then on; null for ever.</param>
internal sealed record FaultTrigger(string Path, ActionPattern Actions, double Probability, long SkipCalls, long? Calls, TimeSpan After,
    TimeSpan? For)
{
    public bool IsDue(TimeSpan elapsed) => elapsed >= After && (For is not { } duration || elapsed - After < duration);
}
