using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VpcRouter.RouteSpecs;

/// <summary>The full desired state: for each destination the hosts that may route it. Never a delta. Immutable and thread-safe.</summary>
public sealed class RouteSpec : IEquatable<RouteSpec>
{
    private readonly FrozenDictionary<RouteDestination, int> _indexes;

    /// <summary>Makes a spec.</summary>
    /// <param name="entries">The entries, each destination once.</param>
    /// <exception cref="ArgumentException">A destination occurs twice.</exception>
    public RouteSpec(IEnumerable<RouteEntry> entries)
    {
        Entries = [.. entries];
        var indexes = new Dictionary<RouteDestination, int>(Entries.Length);
        for (var i = 0; i < Entries.Length; i++)
        {
            if (!indexes.TryAdd(Entries[i].Destination, i))
                throw new ArgumentException($"The destination {Entries[i].Destination} occurs twice.", nameof(entries));
        }

        _indexes = indexes.ToFrozenDictionary();
        Hosts = new HostList(Entries.SelectMany(entry => entry.Hosts));
    }

    /// <summary>The spec without routes. It deletes every managed route, and so is carried out only when that is allowed.</summary>
    public static RouteSpec Empty { get; } = new([]);

    /// <summary>The entries, in the order of the document.</summary>
    public ImmutableArray<RouteEntry> Entries { get; }

    /// <summary>Every host that an entry names.</summary>
    public HostList Hosts { get; }

    /// <summary>Whether there is no entry.</summary>
    public bool IsEmpty => Entries.IsEmpty;

    /// <summary>Looks an entry up by its destination.</summary>
    public bool TryGetEntry(RouteDestination destination, [NotNullWhen(true)] out RouteEntry? entry)
    {
        entry = IndexOf(destination) is >= 0 and var index ? Entries[index] : null;
        return entry is not null;
    }

    /// <summary>The index of a destination in <see cref="Entries"/>, or −1.</summary>
    internal int IndexOf(RouteDestination destination) => _indexes.TryGetValue(destination, out var index) ? index : -1;

    /// <inheritdoc/>
    public bool Equals(RouteSpec? other) => other is not null && (ReferenceEquals(this, other) || Entries.SequenceEqual(other.Entries));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RouteSpec);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Entries.Length, Entries.FirstOrDefault(), Entries.LastOrDefault());
}
