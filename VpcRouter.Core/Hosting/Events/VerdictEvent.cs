using VpcRouter.Health;

namespace VpcRouter.Hosting.Events;

/// <summary>Another health report is in force. The time of the verdict is the report's; this event's is when it reached the router.</summary>
/// <param name="At">When it reached the router.</param>
/// <param name="Before">The report before; <see langword="null"/> for the first.</param>
/// <param name="Report">The report.</param>
public sealed record VerdictEvent(DateTimeOffset At, HealthReport? Before, HealthReport Report) : RouterEvent(At);
