using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace VpcRouter.RouteSpecs;

/// <summary>Reads the JSON form of a route spec. A document is accepted or refused whole, with every error. Thread-safe.</summary>
/// <param name="options">What is accepted; <see langword="null"/> for the defaults.</param>
public sealed class RouteSpecReader(RouteSpecReaderOptions? options = null)
{
    /// <summary>The largest document, in bytes: 16 MiB.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private const int MaximumDepth = 8;
    private readonly bool _allowEmpty = options?.AllowEmptySpec ?? false;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Why an empty spec is refused unless it is allowed.</summary>
    internal static RouteSpecProblem EmptySpec { get; } =
        new("$", "the spec is empty, which would delete every managed route; if that is meant, start with --allow-empty-spec");

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The document in UTF-8, with or without a byte order mark.</param>
    public RouteSpecReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaximumBytes)
            return Refused(new RouteSpecProblem("$", $"the document has {utf8.Length} bytes; at most {MaximumBytes} are accepted"));
        if (utf8.Span.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (!Utf8.IsValid(utf8.Span))
            return Refused(new RouteSpecProblem("$", "the document is not valid UTF-8"));
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            var position = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return Refused(new RouteSpecProblem(position, "the document is not JSON: " + WithoutPosition(e.Message)));
        }
    }

    private static RouteSpecReadResult Refused(params ImmutableArray<RouteSpecProblem> errors) => new(null, errors, []);

    private static string WithoutPosition(string message) =>
        message.Split(" LineNumber:")[0].Replace(" Change the reader options.", "", StringComparison.Ordinal);

    private RouteSpecReadResult Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refused(new RouteSpecProblem("$", $"is {RouteSpecDocument.Describe(root)}; a route spec is an object: {{\"10.55.16.0/24\": [\"10.33.20.142\"]}}"));
        var document = new RouteSpecDocument();
        document.Read(root);
        if (document.Errors.Count == 0 && document.Entries.Count == 0 && !_allowEmpty)
            return Refused(EmptySpec);
        if (document.UnlistedErrors > 0)
            document.Errors.Add(new RouteSpecProblem("$", $"{document.UnlistedErrors} more errors are not listed"));
        return document.Errors.Count > 0
            ? Refused([.. document.Errors])
            : new RouteSpecReadResult(new RouteSpec(document.Entries), [], [.. document.Warnings]);
    }
}
