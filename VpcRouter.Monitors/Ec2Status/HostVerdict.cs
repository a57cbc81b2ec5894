using VpcRouter.Health;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>What EC2 says of a host.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Reason">Why, in an operator's words; empty when EC2 knows the host's instance and finds nothing wrong.</param>
internal readonly record struct HostVerdict(HealthState State, string Reason)
{
    public static HostVerdict Healthy { get; } = new(HealthState.Healthy, "");

    /// <summary>Whether EC2 has nothing to say of the host, which is no reason to call it anything but healthy.</summary>
    public bool IsUnknown => State == HealthState.Healthy && Reason.Length > 0;

    public static HostVerdict Unknown(string reason) => new(HealthState.Healthy, reason);

    public static HostVerdict Questionable(string reason) => new(HealthState.Questionable, reason);

    public static HostVerdict Failed(string reason) => new(HealthState.Failed, reason);
}
