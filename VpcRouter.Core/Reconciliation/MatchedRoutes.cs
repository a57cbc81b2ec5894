using System.Buffers;
using System.Collections.Immutable;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Which entry of the spec each route of some tables belongs to. Planning goes over the routes more than once, and the look-up is
/// what costs most of it, so it is done once for all. Not thread-safe; disposing it gives the memory back.
/// </summary>
internal sealed class MatchedRoutes : IDisposable
{
    private readonly int[] _begins;
    private readonly int[] _entries;

    public MatchedRoutes(RouteSpec spec, ImmutableArray<RouteTable> tables)
    {
        _begins = new int[tables.Length + 1];
        for (var i = 0; i < tables.Length; i++)
            _begins[i + 1] = _begins[i] + tables[i].Routes.Length;
        _entries = ArrayPool<int>.Shared.Rent(_begins[^1]);
        var next = 0;
        foreach (var table in tables)
        {
            foreach (var route in table.Routes)
                _entries[next++] = spec.IndexOf(route.Destination);
        }
    }

    /// <summary>For each route of a table, in its order, the index of its entry, or −1.</summary>
    /// <param name="table">The table's index.</param>
    public ReadOnlySpan<int> EntriesOf(int table) => _entries.AsSpan(_begins[table].._begins[table + 1]);

    public void Dispose() => ArrayPool<int>.Shared.Return(_entries);
}
