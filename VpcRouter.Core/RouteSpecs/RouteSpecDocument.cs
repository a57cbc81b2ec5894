using System.Collections.Immutable;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using VpcRouter.Settings;
using VpcRouter.Vpc;

namespace VpcRouter.RouteSpecs;

/// <summary>Walks a parsed document and gathers its entries, errors and warnings. Used once, by one thread.</summary>
internal sealed class RouteSpecDocument
{
    private const string Properties = "hosts, select, failback, fallback and route_tables";
    private const string TablePrefix = "rtb-";
    private const int MaximumShownLength = 100;

    // An array of millions of elements may hold no host at all: room is made for hosts read, not for hosts promised.
    private const int MaximumPresize = 16;

    // A hostile document of the largest size holds millions of errors; listing them all would take gigabytes.
    private const int MaximumErrors = 100_000;
    private readonly Dictionary<RouteDestination, string> _keys = [];
    private int _errorCount;

    public List<RouteEntry> Entries { get; } = [];

    public List<RouteSpecProblem> Errors { get; } = [];

    public int UnlistedErrors => _errorCount - Errors.Count;

    public List<RouteSpecProblem> Warnings { get; } = [];

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    public void Read(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (NameOf(property) is not { } key)
            {
                Error("$", "has a name that is not valid text");
                continue;
            }

            var destination = ReadDestination(key);
            var entry = ReadEntry(property.Value, key, destination ?? default);
            if (destination is not null && entry is not null)
                Entries.Add(entry);
        }
    }

    // The escapes of JSON can spell half a surrogate pair, which is no text; the framework says so only when it is asked for the string.
    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string PathOf(string key) => $"$['{Escape(key).Replace("'", "\\'", StringComparison.Ordinal)}']";

    // A problem is one line of bounded length, whatever a document holds.
    private static string Escape(string text)
    {
        var end = text.Length <= MaximumShownLength ? text.Length : MaximumShownLength - (char.IsHighSurrogate(text[MaximumShownLength - 1]) ? 1 : 0);
        return JsonEncodedText.Encode(text.AsSpan(0, end), JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + (end < text.Length ? "…" : "");
    }

    private static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when TextOf(element) is { } text => $"\"{Escape(text)}\"",
        JsonValueKind.String => "text with half a surrogate pair",
        JsonValueKind.Number => Escape(element.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Describe(element),
    };

    private RouteDestination? ReadDestination(string key)
    {
        if (!RouteDestination.TryParse(key, out var destination, out var hadHostBits))
        {
            Error(PathOf(key), $"\"{Escape(key)}\" is not a destination; give a CIDR (10.55.16.0/24, 2001:db8::/32) or a prefix list (pl-0123abcd)");
            return null;
        }

        if (!_keys.TryAdd(destination, key))
        {
            var first = _keys[destination];
            Error(PathOf(key), first == key ? $"\"{Escape(key)}\" is given twice; merge the two" : $"\"{Escape(key)}\" and \"{Escape(first)}\" are the same destination {destination}; merge the two");
            return null;
        }

        if (hadHostBits)
            Warnings.Add(new RouteSpecProblem(PathOf(key), $"\"{key}\" has host bits set; read as {destination}, as EC2 does"));
        return destination;
    }

    private RouteEntry? ReadEntry(JsonElement value, string key, RouteDestination destination)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return ReadHosts(value, key, "") is { } hosts ? new RouteEntry(destination, hosts) : null;
            case JsonValueKind.Object:
                return ReadObject(value, key, destination);
            default:
                Error(PathOf(key), $"is {Describe(value)}; give an array of host addresses, or an object with {Properties}");
                return null;
        }
    }

    private RouteEntry? ReadObject(JsonElement value, string key, RouteDestination destination)
    {
        var errorsBefore = _errorCount;
        var entry = new RouteEntry(destination, []);
        var seen = new HashSet<string>();
        foreach (var property in value.EnumerateObject())
        {
            var name = NameOf(property);
            var path = () => $"{PathOf(key)}.{name}";
            if (name is not null && !seen.Add(name))
            {
                Error(path(), "is given twice");
                continue;
            }

            switch (name)
            {
                case "hosts":
                    entry = entry with { Hosts = ReadHosts(property.Value, key, ".hosts") ?? [] };
                    break;
                case "select":
                    entry = entry with { Select = ReadSelect(property.Value, path) };
                    break;
                case "failback":
                    entry = entry with { Failback = ReadFailback(property.Value, path) };
                    break;
                case "fallback":
                    entry = entry with { Fallback = ReadFallback(property.Value, path) };
                    break;
                case "route_tables":
                    entry = entry with { RouteTables = ReadRouteTables(property.Value, path) };
                    break;
                default:
                    Error(PathOf(key), name is null ? "has a name that is not valid text" : $"has an unknown property \"{Escape(name)}\"; known are {Properties}");
                    break;
            }
        }

        if (!seen.Contains("hosts"))
            Error(PathOf(key), "names no hosts; add \"hosts\": [\"…\"]");
        if (entry is { Failback: not null, Select: RouterSelectionMode.Spread or RouterSelectionMode.Random })
            Warnings.Add(new RouteSpecProblem($"{PathOf(key)}.failback", $"has no effect with select {entry.Select.ToString().ToLowerInvariant()}, which prefers no host; select ordered or zone, or leave it out"));
        return _errorCount == errorsBefore ? entry : null;
    }

    private ImmutableArray<IPAddress>? ReadHosts(JsonElement value, string key, string suffix)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Error(PathOf(key) + suffix, $"is {Describe(value)}; give an array of host addresses");
            return null;
        }

        var presize = Math.Min(value.GetArrayLength(), MaximumPresize);
        var hosts = ImmutableArray.CreateBuilder<IPAddress>(presize);
        var seen = new HashSet<IPAddress>(presize);
        var errorsBefore = _errorCount;
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (TextOf(element) is { } text && HostAddress.TryParse(text, out var host))
            {
                if (seen.Add(host))
                    hosts.Add(host);
            }
            else
            {
                Error($"{PathOf(key)}{suffix}[{index}]", $"{Show(element)} is not a host; give an IPv4 or IPv6 address as a string");
            }

            index++;
        }

        if (index == 0)
            Warnings.Add(new RouteSpecProblem(PathOf(key) + suffix, "names no host; the route is left as it is"));
        return _errorCount == errorsBefore ? hosts.DrainToImmutable() : null;
    }

    private RouterSelectionMode ReadSelect(JsonElement value, Func<string> path)
    {
        switch (TextOf(value))
        {
            case "spread": return RouterSelectionMode.Spread;
            case "ordered": return RouterSelectionMode.Ordered;
            case "zone": return RouterSelectionMode.Zone;
            case "random": return RouterSelectionMode.Random;
            default:
                Error(path(), $"{Show(value)} is not a selection; give spread, ordered, zone or random");
                return default;
        }
    }

    private TimeSpan? ReadFailback(JsonElement value, Func<string> path)
    {
        if (TextOf(value) == "never")
            return null;
        if (TextOf(value) is { } text && Duration.TryParse(text, out var duration))
            return duration;
        Error(path(), $"{Show(value)} is not a failback; give \"never\" or a duration such as \"60s\"");
        return null;
    }

    private RouteTarget? ReadFallback(JsonElement value, Func<string> path)
    {
        if (TextOf(value) is { } text && RouteTarget.TryParseFallback(text, out var target))
            return target;
        Error(path(), $"{Show(value)} is not a fallback target; give an id that begins with {RouteTarget.FallbackPrefixes}");
        return null;
    }

    private ImmutableArray<string> ReadRouteTables(JsonElement value, Func<string> path)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            var ids = value.EnumerateArray().Select(TextOf).ToList();
            if (ids.TrueForAll(id => id is not null && id.Length > TablePrefix.Length && id.StartsWith(TablePrefix, StringComparison.Ordinal)))
                return [.. ids.Distinct().Select(id => id!)];
        }

        Error(path(), $"{Describe(value)} is not a list of route tables; give a non-empty array of ids such as \"rtb-0123abcd\"");
        return [];
    }

    private void Error(string path, string message)
    {
        if (++_errorCount <= MaximumErrors)
            Errors.Add(new RouteSpecProblem(path, message));
    }
}
