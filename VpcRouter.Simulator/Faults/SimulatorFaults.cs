using System.Text.Json;
using VpcRouter.Simulator.Documents;

namespace VpcRouter.Simulator.Faults;

/// <summary>
/// How nasty a simulator is, as read and checked from JSON; <c>examples/faults.json</c> shows all there is. Immutable, and without
/// any state: the same faults may be in force in any number of simulators.
/// </summary>
public sealed class SimulatorFaults
{
    private SimulatorFaults(JsonElement document, FaultSections sections)
    {
        Document = document;
        Sections = sections;
    }

    /// <summary>No faults at all: the document <c>{}</c>.</summary>
    public static SimulatorFaults None { get; } = Parse("{}");

    internal JsonElement Document { get; }

    internal FaultSections Sections { get; }

    /// <summary>Reads a faults file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="FaultsException">The document is not valid; carries every error.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SimulatorFaults Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads faults from JSON.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What errors call the document, normally its path.</param>
    /// <exception cref="FaultsException">The document is not valid; carries every error.</exception>
    public static SimulatorFaults Parse(string json, string source = "(inline)")
    {
        var errors = new DocumentErrors();
        using var document = errors.Parse(json);
        if (document is not null)
        {
            var sections = FaultsReader.Read(document.RootElement, errors);
            if (errors.All.Count == 0)
                return new SimulatorFaults(document.RootElement.Clone(), sections);
        }

        throw new FaultsException(source, errors.All);
    }

    /// <summary>The document as it was given.</summary>
    public override string ToString() => Document.GetRawText();
}
