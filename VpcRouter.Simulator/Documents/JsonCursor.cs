using System.Text.Json;

namespace VpcRouter.Simulator.Documents;

/// <summary>A JSON object of a document together with its path. Reading what isn't there reports an error and gives a default.</summary>
internal sealed class JsonCursor
{
    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly DocumentErrors _errors;

    public JsonCursor(JsonElement element, string path, DocumentErrors errors, params ReadOnlySpan<string> known)
    {
        Path = path;
        _errors = errors;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, $"expected an object, found {Kind(element)}", $"write {{ \"{known[0]}\": … }}");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                errors.Add($"{path}.{property.Name}", "unknown property", $"use one of {string.Join(", ", known!)}");
            else if (!_properties.TryAdd(property.Name, property.Value))
                errors.Add($"{path}.{property.Name}", "given twice", "keep one");
        }
    }

    public string Path { get; }

    public string PathOf(string name) => $"{Path}.{name}";

    public bool Has(string name) => _properties.ContainsKey(name);

    public bool IsEmptyArray(string name) =>
        _properties.TryGetValue(name, out var element) && element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0;

    public string? Text(string name)
    {
        if (!_properties.TryGetValue(name, out var element))
            return null;
        if (element.ValueKind == JsonValueKind.String)
            return element.GetString();
        _errors.Add(PathOf(name), $"expected a string, found {Kind(element)}", "put the value in quotes");
        return null;
    }

    public string? RequiredText(string name, string example)
    {
        if (!Has(name))
            _errors.Add(PathOf(name), "missing", $"add it, for example \"{example}\"");
        return Text(name);
    }

    public int Number(string name, int fallback, int min, int max)
    {
        if (!_properties.TryGetValue(name, out var element))
            return fallback;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= min && number <= max)
            return number;
        _errors.Add(PathOf(name), $"'{element.GetRawText()}' is not a number from {min} to {max}", $"use for example {fallback}");
        return fallback;
    }

    /// <summary>A number that may have decimals; null when it isn't there.</summary>
    public double? Decimal(string name, double min, double max)
    {
        if (!_properties.TryGetValue(name, out var element))
            return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && number >= min && number <= max)
            return number;
        Refuse(name, $"'{element.GetRawText()}' is not a number from {min} to {max}", "write one in that range, without quotes");
        return null;
    }

    public bool Flag(string name, bool fallback)
    {
        if (!_properties.TryGetValue(name, out var element))
            return fallback;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return element.GetBoolean();
        _errors.Add(PathOf(name), $"expected true or false, found {Kind(element)}", "use true or false without quotes");
        return fallback;
    }

    public bool? Flag(string name) => Has(name) ? Flag(name, false) : null;

    /// <summary>Reports what is wrong with a property beyond its form.</summary>
    public void Refuse(string name, string problem, string remedy) => _errors.Add(PathOf(name), problem, remedy);

    /// <summary>One string, or an array of them.</summary>
    public IReadOnlyList<(string Path, string Value)> TextOrTexts(string name) =>
        _properties.TryGetValue(name, out var element) && element.ValueKind == JsonValueKind.String
            ? [(PathOf(name), element.GetString()!)]
            : Texts(name);

    public IReadOnlyList<(string Path, string Value)> Texts(string name)
    {
        var texts = new List<(string, string)>();
        foreach (var (path, element) in Elements(name))
        {
            if (element.ValueKind == JsonValueKind.String)
                texts.Add((path, element.GetString()!));
            else
                _errors.Add(path, $"expected a string, found {Kind(element)}", "put the value in quotes");
        }

        return texts;
    }

    public JsonCursor? Object(string name, string example, params ReadOnlySpan<string> known)
    {
        if (_properties.TryGetValue(name, out var element))
            return new JsonCursor(element, PathOf(name), _errors, known);
        _errors.Add(PathOf(name), "missing", $"add it, for example {example}");
        return null;
    }

    public IReadOnlyList<JsonCursor> Objects(string name, params ReadOnlySpan<string> known)
    {
        var objects = new List<JsonCursor>();
        foreach (var (path, element) in Elements(name))
            objects.Add(new JsonCursor(element, path, _errors, known));
        return objects;
    }

    private IReadOnlyList<(string Path, JsonElement Element)> Elements(string name)
    {
        if (!_properties.TryGetValue(name, out var array))
            return [];
        if (array.ValueKind == JsonValueKind.Array)
            return [.. array.EnumerateArray().Select((e, i) => ($"{PathOf(name)}[{i}]", e))];
        _errors.Add(PathOf(name), $"expected an array, found {Kind(array)}", "put the value in [ ]");
        return [];
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
