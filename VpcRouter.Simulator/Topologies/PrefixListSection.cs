using System.Net.Sockets;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>Reads the managed prefix lists.</summary>
internal static class PrefixListSection
{
    public static void Read(JsonCursor root, TopologyDraft draft)
    {
        foreach (var (index, cursor) in root.Objects("prefixLists", "id", "name", "maxEntries", "entries").Index())
        {
            var id = draft.Id(cursor, "id", "pl", index);
            var entries = cursor.Texts("entries");
            var ipv6 = entries.Any(e => e.Value.Contains(':', StringComparison.Ordinal));
            foreach (var (path, text) in entries)
                draft.Network(path, text, ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            var max = cursor.Number("maxEntries", Math.Max(entries.Count, 1), 1, 1000);
            if (entries.Count > max)
                draft.Errors.Add(cursor.PathOf("entries"), $"{entries.Count} entries, but maxEntries is {max}", "raise maxEntries");
            if (id is null)
                continue;
            var list = new PrefixList(id, cursor.Text("name") ?? id, ipv6, max, [.. entries.Select(e => e.Value)]);
            draft.Model = draft.Model with { PrefixLists = draft.Model.PrefixLists.SetItem(id, list) };
        }
    }
}
