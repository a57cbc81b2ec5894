using System.Text.Json;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>Reads the JSON file named by <c>--config</c>: an object of setting names, in either spelling, and their values.</summary>
internal static class ConfigFile
{
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"--config \"{path}\" is no JSON object; give for example {{\"mode\": \"http\", \"port\": 33289}}");
            var values = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!values.TryAdd(SettingDescriptor.Canonical(property.Name), TextOf(property, path)))
                    throw new UsageException($"--config \"{path}\" gives \"{property.Name}\" twice; keep one");
            }

            return values;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--config \"{path}\" can't be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"--config \"{path}\" is not JSON: {e.Message}");
        }
    }

    private static string TextOf(JsonProperty property, string path) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
        _ => throw new UsageException($"--config \"{path}\" gives \"{property.Name}\" a value that is neither text, number nor boolean"),
    };
}
