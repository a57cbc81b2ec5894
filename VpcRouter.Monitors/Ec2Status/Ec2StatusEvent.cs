using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>What wakes <c>ec2status</c>: a new host list, a poll that ended, or, with none of them, the timer.</summary>
/// <param name="Hosts">The new host list.</param>
/// <param name="Result">What the poll found out.</param>
/// <param name="Failure">Why the poll failed.</param>
internal readonly record struct Ec2StatusEvent(HostList? Hosts, PollResult? Result, VpcApiException? Failure);
