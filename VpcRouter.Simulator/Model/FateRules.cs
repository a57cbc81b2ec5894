using VpcRouter.Simulator.Faults;

namespace VpcRouter.Simulator.Model;

/// <summary>Carries out what befalls a host.</summary>
internal static class FateRules
{
    /// <exception cref="Ec2Exception">It can't befall the host as it is by now.</exception>
    public static VpcModel Befall(VpcModel model, HostFate fate, DateTimeOffset now)
    {
        var primary = Find(model, fate).Address;
        if (fate.InstanceId is { } instance)
            model = InterfaceRules.Move(model, model.Hosts[primary], instance, now);
        if (fate.SecondaryAddresses is { } secondary)
            model = InterfaceRules.Readdress(model, model.Hosts[primary], secondary, now);
        if (fate.State is { } state)
        {
            if (!HostRules.CanBecome(model, model.Hosts[primary], state))
                throw Ec2Errors.Invalid($"The host {primary} is terminated");
            model = HostRules.Become(model, model.Hosts[primary], state, now);
        }

        return fate.Status is { } status ? InstanceRules.SetStatus(model, model.Hosts[primary].InstanceId, status, now) : model;
    }

    private static Host Find(VpcModel model, HostFate fate) =>
        model.FindHost(fate.Address) ?? throw Ec2Errors.Invalid($"No host has the address {fate.Address}");
}
