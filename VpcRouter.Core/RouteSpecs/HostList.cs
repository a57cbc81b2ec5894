using System.Collections;
using System.Collections.Frozen;
using System.Net;

namespace VpcRouter.RouteSpecs;

/// <summary>The full list of hosts that a route spec names, each once. Immutable and thread-safe; two lists with the same hosts are equal, whatever the order.</summary>
public sealed class HostList : IReadOnlyCollection<IPAddress>, IEquatable<HostList>
{
    private readonly FrozenSet<IPAddress> _hosts;

    /// <summary>Makes a list; duplicates count once.</summary>
    public HostList(IEnumerable<IPAddress> hosts) => _hosts = hosts.ToFrozenSet();

    /// <summary>The list without hosts.</summary>
    public static HostList Empty { get; } = new([]);

    /// <summary>How many hosts there are.</summary>
    public int Count => _hosts.Count;

    /// <summary>Whether the host is in the list.</summary>
    public bool Contains(IPAddress host) => _hosts.Contains(host);

    /// <inheritdoc/>
    public bool Equals(HostList? other) => other is not null && (ReferenceEquals(this, other) || _hosts.SetEquals(other._hosts));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HostList);

    /// <inheritdoc/>
    public override int GetHashCode() => _hosts.Aggregate(0, (hash, host) => hash ^ host.GetHashCode());

    /// <inheritdoc/>
    public IEnumerator<IPAddress> GetEnumerator() => _hosts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
