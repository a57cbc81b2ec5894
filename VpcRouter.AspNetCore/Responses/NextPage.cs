using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Where the page after this one is.</summary>
internal static class NextPage
{
    /// <summary>Makes the path with the query of the next page, and says it in the header <c>Link</c> too.</summary>
    /// <param name="context">The request.</param>
    /// <param name="offset">The offset of this page.</param>
    /// <param name="limit">How many a page shows; <see langword="null"/> for all.</param>
    /// <param name="total">How many there are.</param>
    /// <returns>The path, or <see langword="null"/> when this page is the last.</returns>
    public static string? Of(HttpContext context, int offset, int? limit, int total)
    {
        if (limit is not { } size || offset >= total - size)
            return null;
        var query = new QueryBuilder(context.Request.Query.Where(pair => !pair.Key.Equals("offset", StringComparison.OrdinalIgnoreCase) && !pair.Key.Equals("limit", StringComparison.OrdinalIgnoreCase)))
        {
            { "limit", $"{size}" },
            { "offset", $"{offset + size}" },
        };
        var next = (context.Request.PathBase + context.Request.Path) + query.ToQueryString();
        context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return next;
    }
}
