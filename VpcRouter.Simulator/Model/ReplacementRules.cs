using System.Globalization;

namespace VpcRouter.Simulator.Model;

/// <summary>What an auto-scaling group does about a lost router: another instance with other interfaces on the same addresses.</summary>
internal static class ReplacementRules
{
    public static VpcModel Replace(VpcModel model, string instanceId, DateTimeOffset now)
    {
        model = InstanceRules.Enter(model, instanceId, InstanceState.Terminated, now);
        var old = model.Instances[instanceId];
        var heir = new Instance(FreeId("i", model.Instances.ContainsKey), old.Name, old.Zone, InstanceState.Running, 0, now, []);
        var hosts = model.HostOrder.Select(a => model.Hosts[a]).Where(h => h.InstanceId == instanceId).ToList();
        foreach (var host in hosts)
        {
            var own = Inherit(model, host, heir.Id);
            heir = heir with { InterfaceIds = heir.InterfaceIds.Add(own.Id) };
            model = (model with
            {
                // A detached interface outlives its instance, but two interfaces can't have one address.
                Interfaces = model.Interfaces.Remove(host.InterfaceId).SetItem(own.Id, own),
                HostOfInterface = model.HostOfInterface.SetItem(own.Id, host.Address),
            }).Put(host with { InterfaceId = own.Id, InstanceId = heir.Id, Responds = true, Since = now });
        }

        return model with { Instances = model.Instances.SetItem(heir.Id, heir) };
    }

    private static NetworkInterface Inherit(VpcModel model, Host host, string instanceId)
    {
        var id = FreeId("eni", model.HostOfInterface.ContainsKey);
        return model.LastAttached[host.InterfaceId] with { Id = id, InstanceId = instanceId, MacAddress = Mac(id) };
    }

    /// <summary>Counts up, so that the same replacements give the same ids.</summary>
    private static string FreeId(string prefix, Func<string, bool> isTaken)
    {
        for (var number = 1; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-0e{number:x15}");
            if (!isTaken(id))
                return id;
        }
    }

    private static string Mac(string id) => "0a:0e:" + string.Join(':', id[^8..].Chunk(2).Select(b => new string(b)));
}
