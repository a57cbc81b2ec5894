using System.Text.Json;

namespace VpcRouter.Simulator.Control;

/// <summary>Reads one of an enumeration's names from plain text, a JSON string or an object with one property.</summary>
internal static class ChoiceReader
{
    public static string ValidChoices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));

    public static T? Read<T>(string body, string property)
        where T : struct, Enum
    {
        var name = body.Trim();
        if (name.StartsWith('"') || name.StartsWith('{'))
            name = ReadJson(name, property);
        // Enum.TryParse takes numbers as well, which are no choices here.
        return name is not null && name.All(char.IsAsciiLetter) && Enum.TryParse<T>(name, ignoreCase: true, out var choice) ? choice : null;
    }

    private static string? ReadJson(string json, string property)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            if (element.ValueKind == JsonValueKind.Object && !element.TryGetProperty(property, out element))
                return null;
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
