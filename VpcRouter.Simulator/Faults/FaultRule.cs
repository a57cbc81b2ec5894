namespace VpcRouter.Simulator.Faults;

/// <summary>A fault: when it strikes and what it does then.</summary>
internal sealed record FaultRule<TEffect>(FaultTrigger Trigger, TEffect Effect);
