using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>Reads the router hosts: one network interface each; hosts that name the same instance are interfaces of it.</summary>
internal sealed class HostSection(TopologyDraft draft)
{
    private readonly ImmutableSortedDictionary<string, NetworkInterface>.Builder _interfaces =
        VpcModel.Empty<NetworkInterface>().ToBuilder();

    private readonly ImmutableSortedDictionary<string, Instance>.Builder _instances = VpcModel.Empty<Instance>().ToBuilder();
    private readonly Dictionary<IPAddress, string> _taken = [];
    private readonly List<Host> _hosts = [];
    private readonly List<Host> _detached = [];

    public void Read(JsonCursor root)
    {
        foreach (var (index, cursor) in root.Objects("hosts", "address", "name", "instance", "interface", "secondaryAddresses",
            "ipv6Addresses", "sourceDestCheck", "detached").Index())
            ReadHost(cursor, index);
        draft.Model = draft.Model with
        {
            Interfaces = _interfaces.ToImmutable(),
            Instances = _instances.ToImmutable(),
            Hosts = _hosts.ToImmutableDictionary(h => h.Address),
            HostOrder = [.. _hosts.Select(h => h.Address)],
            HostAddresses = _hosts.SelectMany(h => h.Addresses.Select(a => (a, h.Address))).ToImmutableDictionary(p => p.a, p => p.Address),
            HostOfInterface = _hosts.ToImmutableDictionary(h => h.InterfaceId, h => h.Address),
        };
        foreach (var host in _detached)
            draft.Model = InterfaceRules.Detach(draft.Model, host, default);
    }

    private void ReadHost(JsonCursor cursor, int index)
    {
        var errorsBefore = draft.Errors.All.Count;
        var path = cursor.PathOf("address");
        var address = Take(path, cursor.RequiredText("address", "127.0.1.10"), AddressFamily.InterNetwork);
        var instanceId = draft.Id(cursor, "instance", "i", index, shared: true);
        var interfaceId = draft.Id(cursor, "interface", "eni", index);
        var secondary = TakeAll(cursor, "secondaryAddresses", AddressFamily.InterNetwork);
        var ipv6 = TakeAll(cursor, "ipv6Addresses", AddressFamily.InterNetworkV6);
        var subnet = address is null ? null : draft.Model.Subnets.Values.FirstOrDefault(s => s.Cidr.Contains(address));
        if (address is not null && subnet is null)
            draft.Errors.Add(path, $"{address} lies in no subnet", "use an address in the CIDR of one of $.subnets");
        if (subnet is not null)
            CheckSubnet(cursor, subnet, secondary, ipv6);
        if (draft.Errors.All.Count > errorsBefore)
            return;

        var deviceIndex = AddInstance(cursor, instanceId!, interfaceId!, subnet!);
        _interfaces[interfaceId!] = new NetworkInterface(interfaceId!, subnet!.Id, subnet.Zone, instanceId!, deviceIndex, Mac(address!),
            address!, secondary, ipv6, cursor.Flag("sourceDestCheck", false));
        var host = new Host(address!, [address!, .. secondary, .. ipv6], interfaceId!, instanceId!, subnet.Zone, true, default);
        _hosts.Add(host);
        if (cursor.Flag("detached", false))
            _detached.Add(host);
    }

    private int AddInstance(JsonCursor cursor, string instanceId, string interfaceId, Subnet subnet)
    {
        if (!_instances.TryGetValue(instanceId, out var instance))
        {
            _instances[instanceId] = new Instance(instanceId, cursor.Text("name"), subnet.Zone, InstanceState.Running, 0, default,
                [interfaceId]);
            return 0;
        }

        if (instance.Zone != subnet.Zone)
        {
            draft.Errors.Add(cursor.PathOf("instance"), $"'{instanceId}' is in {instance.Zone} already",
                "attach interfaces of one zone only to an instance");
        }

        _instances[instanceId] = instance with { InterfaceIds = instance.InterfaceIds.Add(interfaceId) };
        return instance.InterfaceIds.Length;
    }

    private void CheckSubnet(JsonCursor cursor, Subnet subnet, IEnumerable<IPAddress> secondary, IEnumerable<IPAddress> ipv6)
    {
        foreach (var stray in secondary.Where(a => !subnet.Cidr.Contains(a)))
        {
            draft.Errors.Add(cursor.PathOf("secondaryAddresses"), $"{stray} lies outside the host's subnet {subnet.Cidr}",
                "use an address inside");
        }

        foreach (var stray in ipv6.Where(a => subnet.Ipv6Cidr?.Contains(a) != true))
        {
            draft.Errors.Add(cursor.PathOf("ipv6Addresses"), $"{stray} lies outside the IPv6 CIDR of {subnet.Id}",
                "give the subnet an ipv6Cidr that contains it");
        }
    }

    private ImmutableArray<IPAddress> TakeAll(JsonCursor cursor, string name, AddressFamily family) =>
        [.. cursor.Texts(name).Select(t => Take(t.Path, t.Value, family)).OfType<IPAddress>()];

    private IPAddress? Take(string path, string? text, AddressFamily family)
    {
        if (draft.Address(path, text, family) is not { } address)
            return null;
        if (_taken.TryAdd(address, path))
            return address;
        draft.Errors.Add(path, $"{address} is used already at {_taken[address]}", "give each host its own addresses");
        return null;
    }

    private static string Mac(IPAddress address) =>
        "0a:00:" + string.Join(':', address.GetAddressBytes().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
