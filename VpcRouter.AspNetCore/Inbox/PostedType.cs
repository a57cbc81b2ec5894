using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>
/// Whether a body is of a type that a spec may come in: JSON, or what programs say of a body whose type nobody told them. The latter
/// are what clients of the original send (<c>curl --data-binary</c>, an HTTP library given a string).
/// </summary>
internal static class PostedType
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Why the type is not taken, or <see langword="null"/>.</summary>
    public static string? Problem(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            return "The route spec is taken as it is only; send it without Content-Encoding.";
        if (string.IsNullOrEmpty(request.ContentType))
            return null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsTaken(type))
            return "The route spec is JSON; send it with Content-Type: application/json.";
        return type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? "The route spec is in UTF-8; send it so, and with no other charset in Content-Type."
            : null;
    }

    private static bool IsTaken(MediaTypeHeaderValue type) =>
        Is(type, MediaTypeNames.Application.Json) || (Is(type, "application/*") && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        || Is(type, Form) || Is(type, MediaTypeNames.Text.Plain);

    private static bool Is(MediaTypeHeaderValue type, string mediaType) =>
        mediaType.EndsWith("/*", StringComparison.Ordinal)
            ? type.Type.Equals(mediaType[..^2], StringComparison.OrdinalIgnoreCase)
            : type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
