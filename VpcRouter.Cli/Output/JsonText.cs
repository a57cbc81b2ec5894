using System.Text.Encodings.Web;
using System.Text.Json;

namespace VpcRouter.Cli.Output;

/// <summary>JSON as every command prints it.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // It goes to terminals and programs, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Unchanged = new(Indented) { PropertyNamingPolicy = null, DictionaryKeyPolicy = null };

    /// <summary>With the names as they are.</summary>
    public static string AsItIs<T>(T value) => JsonSerializer.Serialize(value, Unchanged);

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Indented);
}
