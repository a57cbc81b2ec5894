using System.Collections.Immutable;
using System.Net;

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

    /// <summary>Takes a host's interface from its instance and attaches it, behind the others, to another one.</summary>
    /// <exception cref="Ec2Exception">EC2 would refuse it.</exception>
    public static VpcModel Move(VpcModel model, Host host, string instanceId, DateTimeOffset now)
    {
        var instance = model.RequireInstance(instanceId);
        var own = model.RequireInterface(host.InterfaceId);
        if (instance.Zone != own.Zone)
            throw Ec2Errors.Invalid($"The instance '{instanceId}' is in {instance.Zone}, the interface '{own.Id}' in {own.Zone}");
        if (own.InstanceId == instanceId)
            return model;
        model = Detach(model, host, now);
        var last = instance.InterfaceIds.Select(id => model.Interfaces[id].DeviceIndex).DefaultIfEmpty(-1).Max();
        model = model with { Interfaces = model.Interfaces.SetItem(own.Id, model.Interfaces[own.Id] with { DeviceIndex = last + 1 }) };
        var moved = host with { InstanceId = instanceId };
        return Attach(model.Put(moved), moved, now);
    }

    /// <summary>Gives a host's interface other secondary addresses, taking each from the interface that has it.</summary>
    /// <exception cref="Ec2Exception">EC2 would refuse it.</exception>
    public static VpcModel Readdress(VpcModel model, Host host, ImmutableArray<IPAddress> secondary, DateTimeOffset now)
    {
        var own = model.RequireInterface(host.InterfaceId);
        foreach (var address in secondary)
        {
            if (model.Hosts.ContainsKey(address) || !model.Subnets[own.SubnetId].Cidr.Contains(address))
                throw Ec2Errors.Invalid($"The address '{address}' can't be a secondary one of '{own.Id}': it is another's primary or outside the subnet");
            if (model.FindHost(address) is { } other && other.Address != host.Address && model.Interfaces.TryGetValue(other.InterfaceId, out var loser))
                model = PutSecondary(model, other, loser.SecondaryAddresses.Remove(address), now);
        }

        return PutSecondary(model, model.Hosts[host.Address], secondary, now);
    }

    private static VpcModel PutSecondary(VpcModel model, Host host, ImmutableArray<IPAddress> secondary, DateTimeOffset now)
    {
        var own = model.Interfaces[host.InterfaceId] with { SecondaryAddresses = secondary };
        var addresses = own.PrivateAddresses.Concat(own.Ipv6Addresses).ToImmutableArray();
        return (model with
        {
            Interfaces = model.Interfaces.SetItem(own.Id, own),
            HostAddresses = model.HostAddresses.RemoveRange(host.Addresses)
                .SetItems(addresses.Select(address => KeyValuePair.Create(address, host.Address))),
        }).Put(host with { Addresses = addresses, Since = now });
    }
}
