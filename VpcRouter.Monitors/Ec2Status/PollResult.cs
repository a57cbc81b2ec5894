using System.Net;
using VpcRouter.Vpc;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>What a poll found out.</summary>
/// <param name="Verdicts">The verdict on each host asked about.</param>
/// <param name="StaleBecause">Why the interfaces could not be looked up, so that those known from before were taken; else <see langword="null"/>.</param>
internal sealed record PollResult(IReadOnlyDictionary<IPAddress, HostVerdict> Verdicts, VpcApiException? StaleBecause);
