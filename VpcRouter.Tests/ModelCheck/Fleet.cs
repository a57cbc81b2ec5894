using System.Collections.Immutable;
using System.Net;
using VpcRouter.Health;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>The router instances: what becomes of them shows in the VPC at once, and to a monitor that probes them.</summary>
internal sealed class Fleet
{
    private readonly ModelVpc _vpc;
    private readonly Dictionary<int, FleetMember> _members;
    private readonly ImmutableArray<NetworkInterface> _others;
    private ImmutableArray<NetworkInterface> _lingering = [];

    /// <param name="vpc">The VPC they are in.</param>
    /// <param name="members">The instances.</param>
    /// <param name="others">Interfaces that are none of theirs.</param>
    public Fleet(ModelVpc vpc, IEnumerable<FleetMember> members, ImmutableArray<NetworkInterface> others)
    {
        _vpc = vpc;
        _members = members.ToDictionary(member => member.Number);
        _others = others;
    }

    public IReadOnlyCollection<FleetMember> Members => _members.Values;

    public static IReadOnlyList<NetworkInterface> InterfacesOf(FleetMember member)
    {
        if (member.Fate == HostFate.Terminated)
            return [];
        var isAttached = member.Fate != HostFate.Detached;
        var own = new NetworkInterface(member.InterfaceId, $"subnet-{member.Zone}", member.Zone, member.Addresses) { InstanceId = isAttached ? member.InstanceId : null, IsAttached = isAttached };
        return member.HasSecondInterface
            ? [own, new NetworkInterface(member.InterfaceId + "x", $"subnet-{member.Zone}", member.Zone, [IPAddress.Parse($"10.9.0.{member.Number}")]) { InstanceId = member.InstanceId }]
            : [own];
    }

    public FleetMember this[int number] => _members[number];

    public void Become(int number, HostFate fate)
    {
        var before = _members[number];
        var isReborn = before.Fate == HostFate.Terminated && fate != HostFate.Terminated;
        _members[number] = before with { Fate = fate, IsRetiring = before.IsRetiring && !isReborn, Generation = before.Generation + (isReborn ? 1 : 0) };
        Show();
    }

    public void Retire(int number, bool isRetiring) => _members[number] = _members[number] with { IsRetiring = isRetiring };

    /// <summary>Another instance takes over the addresses. The old interface may still be listed for a while, attached to nothing.</summary>
    public void Replace(int number, bool oldLingers)
    {
        var old = _members[number];
        if (oldLingers && old.Fate != HostFate.Terminated)
            _lingering = _lingering.Add(InterfacesOf(old)[0] with { InstanceId = null, IsAttached = false });
        _members[number] = old with { Generation = old.Generation + 1, Fate = HostFate.Alive, IsRetiring = false };
        Show();
    }

    public void ForgetLingering()
    {
        _lingering = [];
        Show();
    }

    /// <summary>A secondary address goes over to another instance in the same zone.</summary>
    public void MoveSecondary(int from, int to)
    {
        var address = _members[from].Addresses[^1];
        _members[from] = _members[from] with { Addresses = _members[from].Addresses.Remove(address) };
        _members[to] = _members[to] with { Addresses = _members[to].Addresses.Add(address) };
        Show();
    }

    /// <summary>What a monitor that probes the host finds now.</summary>
    public HealthState Probe(IPAddress host) =>
        _members.Values.FirstOrDefault(member => member.Addresses.Contains(host)) is { Fate: HostFate.Alive } member
            ? member.IsRetiring ? HealthState.Questionable : HealthState.Healthy
            : HealthState.Failed;

    private void Show() => _vpc.Change(state => state with
    {
        Interfaces = [.. _members.Values.SelectMany(InterfacesOf), .. _lingering, .. _others],
        StoppedInstances = [.. _members.Values.Where(member => member.Fate is HostFate.Stopped or HostFate.Terminated).Select(member => member.InstanceId)],
    });
}
