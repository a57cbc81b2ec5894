using System.Globalization;
using System.Text.Json;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana.Topology;

/// <summary>
/// Makes a route spec of Romana's topology. A topology is accepted or refused whole, with every error. Properties that have nothing to do with
/// routes (names, blocks, allocations, tenants) are passed over.
/// </summary>
internal static class TopologyReader
{
    /// <summary>The largest topology, in bytes: 16 MiB.</summary>
    public const int MaximumBytes = RouteSpecReader.MaximumBytes;

    /// <summary>How deep JSON may nest anywhere in a topology, passed-over properties included. Reading isn't recursive; the limit bounds memory.</summary>
    public const int MaximumJsonDepth = 4096;

    public static TopologyReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaximumBytes)
            return Refused("$", $"the topology has {utf8.Length} bytes; at most {MaximumBytes} are accepted");
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaximumJsonDepth, AllowDuplicateProperties = false });
            return new TopologyWalk().Read(document.RootElement);
        }
        catch (JsonException e)
        {
            var position = e.LineNumber is null ? "$" : string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return Refused(position, "the topology can't be read as JSON: " + e.Message.Split(" LineNumber:")[0]);
        }
        catch (InvalidOperationException)
        {
            return Refused("$", "the topology holds a name that is not valid text (half a surrogate pair)");
        }
    }

    private static TopologyReadResult Refused(string path, string message) => new(null, [new RouteSpecProblem(path, message)], []);
}
