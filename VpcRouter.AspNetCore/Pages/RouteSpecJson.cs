using System.Buffers;
using System.Globalization;
using System.Text.Json;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>Writes an entry of a route spec in the form in which it is read: an array of hosts where that says all, else an object.</summary>
internal static class RouteSpecJson
{
    /// <summary>The document of a whole spec.</summary>
    public static byte[] Of(RouteSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var entry in spec.Entries)
            Write(json, entry);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter json, RouteEntry entry)
    {
        json.WritePropertyName(entry.Destination.ToString());
        var saysMore = entry.Select != RouterSelectionMode.Spread || entry.Failback is not null || entry.Fallback is not null || !entry.RouteTables.IsEmpty;
        if (!saysMore)
        {
            WriteHosts(json, entry);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName("hosts");
        WriteHosts(json, entry);
        if (entry.Select != RouterSelectionMode.Spread)
            json.WriteString("select", entry.Select.ToString().ToLowerInvariant());
        if (entry.Failback is { } failback)
            json.WriteString("failback", string.Create(CultureInfo.InvariantCulture, $"{(decimal)failback.Ticks / TimeSpan.TicksPerSecond:0.#######}s"));
        if (entry.Fallback is { } fallback)
            json.WriteString("fallback", fallback.Id);
        if (!entry.RouteTables.IsEmpty)
        {
            json.WriteStartArray("route_tables");
            foreach (var id in entry.RouteTables)
                json.WriteStringValue(id);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter json, RouteEntry entry)
    {
        json.WriteStartArray();
        foreach (var host in entry.Hosts)
            json.WriteStringValue(host.ToString());
        json.WriteEndArray();
    }
}
