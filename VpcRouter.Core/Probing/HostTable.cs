using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>Gives each host of a list a small number, its index, and keeps it while the host stays in the list. Not thread-safe.</summary>
internal sealed class HostTable
{
    private readonly Dictionary<IPAddress, int> _indexes = [];
    private readonly Stack<int> _free = [];
    private IPAddress[] _addresses = [];

    public int Count => _indexes.Count;

    /// <summary>One more than the highest index ever given.</summary>
    public int Capacity { get; private set; }

    public IPAddress this[int host] => _addresses[host];

    public bool TryGet(IPAddress address, out int host) => _indexes.TryGetValue(address, out host);

    /// <summary>The hosts known that a list doesn't hold.</summary>
    public IReadOnlyList<int> NotIn(HostList hosts) => [.. _indexes.Where(known => !hosts.Contains(known.Key)).Select(known => known.Value)];

    public int Add(IPAddress address)
    {
        if (!_free.TryPop(out var host))
            host = Capacity++;
        if (host >= _addresses.Length)
            Array.Resize(ref _addresses, Math.Max(host + 1, _addresses.Length * 2));
        _addresses[host] = address;
        _indexes.Add(address, host);
        return host;
    }

    public void Remove(int host)
    {
        _indexes.Remove(_addresses[host]);
        _free.Push(host);
    }
}
