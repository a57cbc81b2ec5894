namespace VpcRouter.Simulator.Model;

/// <summary>What a host's simulated fate means for its instance and for its answers.</summary>
internal static class HostRules
{
    /// <summary>Whether the host can become <paramref name="state"/>: termination is final.</summary>
    public static bool CanBecome(VpcModel model, Host host, HostState state) =>
        state is HostState.Terminated or HostState.Replaced || model.Instances[host.InstanceId].State != InstanceState.Terminated;

    public static VpcModel Become(VpcModel model, Host host, HostState state, DateTimeOffset now)
    {
        if (state is HostState.Alive or HostState.Dead && host.Responds != (state == HostState.Alive))
            model = model.Put(host with { Responds = state == HostState.Alive, Since = now });
        return state switch
        {
            HostState.Alive => InstanceRules.Enter(InterfaceRules.Attach(model, host, now), host.InstanceId, InstanceState.Running, now),
            HostState.Stopping => InstanceRules.Enter(model, host.InstanceId, InstanceState.Stopping, now),
            HostState.Stopped => InstanceRules.Enter(model, host.InstanceId, InstanceState.Stopped, now),
            HostState.Terminated => InstanceRules.Enter(model, host.InstanceId, InstanceState.Terminated, now),
            HostState.Replaced => ReplacementRules.Replace(model, host.InstanceId, now),
            HostState.Detached => InterfaceRules.Detach(model, host, now),
            _ => model,
        };
    }
}
