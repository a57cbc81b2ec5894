using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Chooses the form of an answer by what the client accepts.</summary>
internal static class Negotiation
{
    /// <summary>Chooses.</summary>
    /// <param name="accept">The Accept header.</param>
    public static ResponseForm FormFor(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return ResponseForm.Text;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
            return ResponseForm.None;

        // The sort is stable: among equals, what the client named first wins.
        return ranges.Where(range => range.Quality != 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(FormOf)
            .FirstOrDefault(form => form != ResponseForm.None);
    }

    private static ResponseForm FormOf(MediaTypeHeaderValue range) => range.MediaType.Value?.ToLowerInvariant() switch
    {
        "text/html" or "application/xhtml+xml" => ResponseForm.Html,
        "application/json" or "application/*" => ResponseForm.Json,
        "text/plain" or "text/*" or "*/*" => ResponseForm.Text,
        _ => ResponseForm.None,
    };
}
