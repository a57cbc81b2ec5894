namespace VpcRouter.Simulator.Model;

/// <summary>A router host as it stands.</summary>
/// <param name="Address">Its primary private address.</param>
/// <param name="Instance">The instance id.</param>
/// <param name="Interface">The network interface id.</param>
/// <param name="Zone">The availability zone.</param>
/// <param name="InstanceState">EC2's word for the instance's state, for example <c>running</c>.</param>
/// <param name="Answering">Whether it answers probes.</param>
/// <param name="Since">When it last changed state.</param>
public sealed record SimulatedHost(string Address, string Instance, string Interface, string Zone, string InstanceState, bool Answering,
    DateTimeOffset Since)
{
    /// <summary>What EC2's status checks say of its instance while it runs: <c>ok</c>, <c>impaired</c> or <c>retiring</c>.</summary>
    public string Status { get; init; } = "ok";
}
