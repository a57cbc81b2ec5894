using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana.Topology;

/// <summary>Walks a parsed topology and gathers its routes, errors and warnings. Used once, by one thread.</summary>
internal sealed class TopologyWalk
{
    /// <summary>How many groups may lie one in another. Each is a part of the one around it, and an IPv6 address has only 128 bits to divide.</summary>
    public const int MaximumGroupDepth = 256;

    private const int MaximumListed = 100;
    private readonly List<RouteEntry> _entries = [];
    private readonly Dictionary<RouteDestination, GroupPath> _destinations = [];
    private readonly List<RouteSpecProblem> _errors = [];
    private readonly List<RouteSpecProblem> _warnings = [];
    private readonly Stack<(JsonElement Group, GroupPath Path)> _open = new();
    private int _errorCount;

    public TopologyReadResult Read(JsonElement root)
    {
        ReadNetworks(root);
        if (_errorCount == 0)
            return new TopologyReadResult(new RouteSpec(_entries), [], [.. _warnings]);
        if (_errorCount > _errors.Count)
            _errors.Add(new RouteSpecProblem("$", $"{_errorCount - _errors.Count} more errors are not listed"));
        return new TopologyReadResult(null, [.. _errors], []);
    }

    private void ReadNetworks(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Error("$", $"is {TopologyText.Describe(root)}; a topology is an object with \"networks\"");
            return;
        }

        if (!root.TryGetProperty("networks", out var networks))
        {
            Error("$", "has no \"networks\"; is this Romana's topology?");
            return;
        }

        // Romana is written in Go, where an empty map or list that nothing was ever put in is written as null.
        if (networks.ValueKind == JsonValueKind.Null)
            return;
        if (networks.ValueKind != JsonValueKind.Object)
        {
            Error("$.networks", $"is {TopologyText.Describe(networks)}; give an object with the networks by name");
            return;
        }

        foreach (var network in networks.EnumerateObject())
            ReadNetwork(network);
    }

    private void ReadNetwork(JsonProperty network)
    {
        string name;
        try
        {
            name = network.Name;
        }
        catch (InvalidOperationException)
        {
            Error("$.networks", "has a network whose name is not valid text");
            return;
        }

        if (network.Value.ValueKind != JsonValueKind.Object)
        {
            Error(TopologyText.PathOfNetwork(name), $"is {TopologyText.Describe(network.Value)}; a network is an object");
            return;
        }

        if (!network.Value.TryGetProperty("host_groups", out var groups) || groups.ValueKind == JsonValueKind.Null)
            return;
        _open.Push((groups, GroupPath.Of(name)));
        while (_open.TryPop(out var next))
            ReadGroup(next.Group, next.Path);
    }

    private void ReadGroup(JsonElement group, GroupPath path)
    {
        if (group.ValueKind != JsonValueKind.Object)
        {
            Error($"{path}", $"is {TopologyText.Describe(group)}; a group is an object");
            return;
        }

        if (path.Depth > MaximumGroupDepth)
        {
            Error($"{path}", $"lies in more than {MaximumGroupDepth} groups");
            return;
        }

        var children = ListOf(group, "groups", path);
        if (children is { } list)
            Open(list, path);
        var cidr = ReadCidr(group, path);
        if (ListOf(group, "hosts", path) is { } hosts)
            ReadHosts(hosts, cidr, isLeaf: children is null || children.Value.GetArrayLength() == 0, path);
    }

    // Pushed from the last to the first, so that routes come in the document's order.
    private void Open(JsonElement groups, GroupPath path)
    {
        var first = _open.Count;
        var index = 0;
        foreach (var group in groups.EnumerateArray())
            _open.Push((group, path.Child(index++)));
        if (index < 2)
            return;
        var reversed = new (JsonElement, GroupPath)[_open.Count - first];
        for (var i = 0; i < reversed.Length; i++)
            reversed[i] = _open.Pop();
        foreach (var group in reversed)
            _open.Push(group);
    }

    private JsonElement? ListOf(JsonElement group, string name, GroupPath path)
    {
        if (!group.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
            return null;
        if (list.ValueKind == JsonValueKind.Array)
            return list;
        Error($"{path}.{name}", $"is {TopologyText.Describe(list)}; give an array");
        return null;
    }

    private (RouteDestination Destination, bool IsGiven, bool IsGood) ReadCidr(JsonElement group, GroupPath path)
    {
        if (!group.TryGetProperty("cidr", out var value) || value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
            return (default, false, false);
        if (TopologyText.TextOf(value) is not { } text)
        {
            Error($"{path}.cidr", $"is {(value.ValueKind == JsonValueKind.String ? "not valid text" : TopologyText.Describe(value))}; give a CIDR (10.112.0.0/16)");
            return (default, true, false);
        }

        if (!RouteDestination.TryParse(text, out var destination, out var hadHostBits) || destination.Network is null)
        {
            Error($"{path}.cidr", $"{TopologyText.Quote(text)} is not a CIDR; give, for example, 10.112.0.0/16");
            return (default, true, false);
        }

        if (hadHostBits)
            Warn($"{path}.cidr", $"{TopologyText.Quote(text)} has host bits set; read as {destination}, as EC2 does");
        return (destination, true, true);
    }

    private void ReadHosts(JsonElement list, (RouteDestination Destination, bool IsGiven, bool IsGood) cidr, bool isLeaf, GroupPath path)
    {
        var hosts = ImmutableArray.CreateBuilder<IPAddress>();
        var seen = new HashSet<IPAddress>();
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            if (ReadHost(element, path, index++) is { } host && seen.Add(host))
                hosts.Add(host);
        }

        if (index > 0 && !cidr.IsGiven)
            Error($"{path}", "has hosts but no cidr");
        // A group that lost its last host keeps its route as it is (an entry without hosts says just that). One in which other groups
        // lie has no route of its own, and one that never had a host holds null instead of a list.
        if (!cidr.IsGood || (index == 0 && !isLeaf))
            return;
        if (!_destinations.TryAdd(cidr.Destination, path))
            Error($"{path}.cidr", $"{cidr.Destination} is also the cidr of {_destinations[cidr.Destination]}; one destination can have only one group of hosts");
        else if (hosts.Count > 0 || index == 0)
            _entries.Add(new RouteEntry(cidr.Destination, hosts.ToImmutable()));
        if (index == 0)
            Warn($"{path}.hosts", $"is empty; the route to {cidr.Destination} is left as it is");
    }

    private IPAddress? ReadHost(JsonElement element, GroupPath path, int index)
    {
        if (element.ValueKind != JsonValueKind.Object)
            Error($"{path}.hosts[{index}]", $"is {TopologyText.Describe(element)}; a host is an object with an \"ip\"");
        else if (!element.TryGetProperty("ip", out var ip))
            Error($"{path}.hosts[{index}]", "has no \"ip\"");
        else if (TopologyText.TextOf(ip) is not { } text)
            Error($"{path}.hosts[{index}].ip", $"is {TopologyText.Describe(ip)}; give the host's address");
        else if (!HostAddress.TryParse(text, out var host))
            Error($"{path}.hosts[{index}].ip", $"{TopologyText.Quote(text)} is not an address; give, for example, 10.33.20.142");
        else
            return host;
        return null;
    }

    private void Error(string path, string message)
    {
        _errorCount++;
        if (_errors.Count < MaximumListed)
            _errors.Add(new RouteSpecProblem(path, message));
    }

    private void Warn(string path, string message)
    {
        if (_warnings.Count < MaximumListed)
            _warnings.Add(new RouteSpecProblem(path, message));
    }
}
