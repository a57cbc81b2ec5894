namespace VpcRouter.Simulator.Model;

/// <summary>Attaching and detaching a host's network interface.</summary>
internal static class InterfaceRules
{
    public static VpcModel Detach(VpcModel model, Host host, DateTimeOffset now)
    {
        if (!model.Interfaces.TryGetValue(host.InterfaceId, out var own) || own.InstanceId is not { } id)
            return model;
        var instance = model.Instances[id];
        return (model with
        {
            Interfaces = model.Interfaces.SetItem(own.Id, own with { InstanceId = null }),
            LastAttached = model.LastAttached.SetItem(own.Id, own),
            Instances = model.Instances.SetItem(id, instance with { InterfaceIds = instance.InterfaceIds.Remove(own.Id) }),
        }).Put(host with { Since = now });
    }

    /// <summary>Brings a detached interface back to its host's instance; one that is attached stays as it is.</summary>
    public static VpcModel Attach(VpcModel model, Host host, DateTimeOffset now)
    {
        if (!model.Interfaces.TryGetValue(host.InterfaceId, out var own) || own.InstanceId is not null)
            return model;
        model = model with { Interfaces = model.Interfaces.SetItem(own.Id, own with { InstanceId = host.InstanceId }) };
        var instance = model.Instances[host.InstanceId];
        var attached = instance.InterfaceIds.Add(own.Id).Sort((a, b) =>
            model.Interfaces[a].DeviceIndex.CompareTo(model.Interfaces[b].DeviceIndex));
        return (model with { Instances = model.Instances.SetItem(instance.Id, instance with { InterfaceIds = attached }) })
            .Put(model.Hosts[host.Address] with { Since = now });
    }
}
