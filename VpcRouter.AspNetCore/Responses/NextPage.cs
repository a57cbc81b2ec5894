using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Where the page after a request's is. Immutable; outlives the request.</summary>
internal sealed class NextPage(HttpRequest request)
{
    private readonly string _path = request.PathBase + request.Path;
    private readonly List<KeyValuePair<string, StringValues>> _query =
        [.. request.Query.Where(pair => !pair.Key.Equals("offset", StringComparison.OrdinalIgnoreCase) && !pair.Key.Equals("limit", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The path with the query of the next page.</summary>
    /// <param name="offset">The offset of this page.</param>
    /// <param name="limit">How many a page shows; <see langword="null"/> for all.</param>
    /// <param name="total">How many there are.</param>
    /// <returns>The path, or <see langword="null"/> when this page is the last.</returns>
    public string? After(int offset, int? limit, int total) =>
        limit is { } size && offset < total - size ? _path + new QueryBuilder(_query) { { "limit", $"{size}" }, { "offset", $"{offset + size}" } }.ToQueryString() : null;

    /// <summary>The next page as the header <c>Link</c> says it.</summary>
    public static string LinkTo(string next) => $"<{next}>; rel=\"next\"";
}
