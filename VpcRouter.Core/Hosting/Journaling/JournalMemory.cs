using System.Text.Json;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Hosting.Journaling;

/// <summary>Reads from a journal which routes VpcRouter wrote. Lines that aren't whole, or aren't of this VPC, are passed over.</summary>
internal static class JournalMemory
{
    /// <summary>The routes whose newest write made them, where the target alone doesn't tell that they are ours.</summary>
    /// <exception cref="IOException">A file of the journal can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file of the journal may not be read.</exception>
    public static IReadOnlyList<OwnedRoute> OwnedRoutesOf(string path, int kept, string vpcId)
    {
        var owned = new Dictionary<RouteKey, OwnedRoute>();
        foreach (var line in JournalFile.FilesOf(path, kept).SelectMany(ReadLines))
        {
            // Most lines are neither writes nor of this VPC; they are told apart without being parsed.
            if (line.Contains("\"write\"", StringComparison.Ordinal) && line.Contains(vpcId, StringComparison.Ordinal))
                Learn(line, vpcId, owned);
        }

        return [.. owned.Values.Where(OwnedRoutes.MustBeRemembered)];
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static void Learn(string line, string vpcId, Dictionary<RouteKey, OwnedRoute> owned)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var write = document.RootElement;
            if (Text(write, "kind") != "write" || Text(write, "vpc") != vpcId || Text(write, "answer") != JournalLines.Written)
                return;
            if (Text(write, "table") is not { } table || !RouteDestination.TryParse(Text(write, "destination"), null, out var destination))
                return;
            var key = new RouteKey(table, destination);
            if (RouteTarget.TryParseFallback(Text(write, "to"), out var target))
                owned[key] = new OwnedRoute(table, destination, target);
            else
                owned.Remove(key);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut off by a crash, or not ours.
        }
    }

    private static string? Text(JsonElement write, string name) =>
        write.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
