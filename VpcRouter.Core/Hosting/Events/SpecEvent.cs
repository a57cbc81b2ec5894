using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting.Events;

/// <summary>Another route spec is in force.</summary>
/// <param name="At">When it came.</param>
/// <param name="Spec">The spec.</param>
public sealed record SpecEvent(DateTimeOffset At, RouteSpec Spec) : RouterEvent(At);
