namespace VpcRouter.Hosting.Events;

/// <summary>A guard began or ceased to hold changes back.</summary>
/// <param name="Guard">The guard.</param>
public sealed record GuardEvent(GuardStatus Guard) : RouterEvent(Guard.Since);
