using System.Text.Json;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Control;

/// <summary>Reads a host state from plain text, a JSON string or an object with a <c>state</c>.</summary>
internal static class HostStateReader
{
    public static string ValidStates { get; } = string.Join(", ", Enum.GetNames<HostState>().Select(n => n.ToLowerInvariant()));

    public static HostState? Read(string body)
    {
        var name = body.Trim();
        if (name.StartsWith('"') || name.StartsWith('{'))
            name = ReadJson(name);
        // Enum.TryParse takes numbers as well, which are no states here.
        return name is not null && name.All(char.IsAsciiLetter)
            && Enum.TryParse<HostState>(name, ignoreCase: true, out var state) ? state : null;
    }

    private static string? ReadJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            if (element.ValueKind == JsonValueKind.Object && !element.TryGetProperty("state", out element))
                return null;
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
