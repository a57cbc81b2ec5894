using System.Text.Json;

namespace VpcRouter.Simulator.Documents;

/// <summary>Collects what is wrong with a document.</summary>
internal sealed class DocumentErrors
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> All => _errors;

    public void Add(string path, string problem, string remedy) => _errors.Add($"{path}: {problem}; {remedy}");

    /// <summary>Reads the text; what isn't JSON is reported and gives null.</summary>
    public JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            Add($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "not valid JSON", "mend the syntax there");
            return null;
        }
    }
}
