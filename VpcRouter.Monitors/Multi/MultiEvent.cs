using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Multi;

/// <summary>What wakes <c>multi</c>: a new host list, a sub-monitor's report, or, with neither, one that went down or came up.</summary>
/// <param name="Hosts">The new host list.</param>
/// <param name="From">The sub-monitor concerned.</param>
/// <param name="Report">Its report.</param>
/// <param name="IsUp">Whether it runs.</param>
internal readonly record struct MultiEvent(HostList? Hosts, SubMonitor? From, HealthReport? Report, bool IsUp);
