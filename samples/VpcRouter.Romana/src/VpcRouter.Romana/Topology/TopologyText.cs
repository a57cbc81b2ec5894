using System.Text.Encodings.Web;
using System.Text.Json;

namespace VpcRouter.Romana.Topology;

/// <summary>Words for what stands in a topology: one line of bounded length each, whatever that is.</summary>
internal static class TopologyText
{
    private const int MaximumShownLength = 100;

    public static string PathOfNetwork(string name) => $"$.networks['{Escape(name)}']";

    public static string Quote(string text) => $"\"{Escape(text)}\"";

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    /// <summary>The text of a string; <see langword="null"/> for anything else, and for strings that are no valid text (half a surrogate pair).</summary>
    public static string? TextOf(JsonElement element)
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

    private static string Escape(string text)
    {
        var end = text.Length <= MaximumShownLength ? text.Length : MaximumShownLength - (char.IsHighSurrogate(text[MaximumShownLength - 1]) ? 1 : 0);
        return JsonEncodedText.Encode(text.AsSpan(0, end), JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + (end < text.Length ? "…" : "");
    }
}
