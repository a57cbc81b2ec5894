using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting.Events;

/// <summary>A plan with changes was made. It is carried out unless the router runs dry.</summary>
/// <param name="At">When.</param>
/// <param name="Plan">The plan.</param>
/// <param name="DryRun">Whether it is only shown.</param>
public sealed record PlanEvent(DateTimeOffset At, RoutePlan Plan, bool DryRun) : RouterEvent(At);
