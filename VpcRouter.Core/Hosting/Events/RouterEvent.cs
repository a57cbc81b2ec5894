namespace VpcRouter.Hosting.Events;

/// <summary>Something that happened in the router. Immutable.</summary>
/// <param name="At">When.</param>
public abstract record RouterEvent(DateTimeOffset At);
