using System.Globalization;
using System.Text.Json.Nodes;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>Writes a route spec in the form in which it is read: an array of hosts where that says all, else an object.</summary>
internal static class RouteSpecJson
{
    public static JsonObject Of(RouteSpec spec)
    {
        var document = new JsonObject();
        foreach (var entry in spec.Entries)
            document[entry.Destination.ToString()] = Of(entry);
        return document;
    }

    private static JsonNode Of(RouteEntry entry)
    {
        var hosts = new JsonArray([.. entry.Hosts.Select(host => JsonValue.Create(host.ToString()))]);
        var more = new JsonObject();
        if (entry.Select != RouterSelectionMode.Spread)
            more["select"] = entry.Select.ToString().ToLowerInvariant();
        if (entry.Failback is { } failback)
            more["failback"] = string.Create(CultureInfo.InvariantCulture, $"{(decimal)failback.Ticks / TimeSpan.TicksPerSecond:0.#######}s");
        if (entry.Fallback is { } fallback)
            more["fallback"] = fallback.Id;
        if (!entry.RouteTables.IsEmpty)
            more["route_tables"] = new JsonArray([.. entry.RouteTables.Select(id => JsonValue.Create(id))]);
        if (more.Count == 0)
            return hosts;
        more.Insert(0, "hosts", hosts);
        return more;
    }
}
