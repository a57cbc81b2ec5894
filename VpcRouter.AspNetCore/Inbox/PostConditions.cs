using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>On what a post depends: <c>If-Match</c> guards against lost updates, <c>If-None-Match: *</c> against replacing anything. Immutable.</summary>
internal sealed class PostConditions
{
    private readonly IList<EntityTagHeaderValue>? _match;
    private readonly IList<EntityTagHeaderValue>? _noneMatch;

    private PostConditions(IHeaderDictionary headers)
    {
        _match = Read(headers.IfMatch, "If-Match");
        _noneMatch = Read(headers.IfNoneMatch, "If-None-Match");
    }

    /// <summary>Reads the headers.</summary>
    /// <exception cref="BadHttpRequestException">They are no lists of entity tags.</exception>
    public static PostConditions Of(HttpRequest request) => new(request.Headers);

    /// <summary>Whether they hold, given what is in force.</summary>
    public bool Hold(AcceptedRouteSpec? current) =>
        (_match is null || Names(_match, current, useStrong: true)) && (_noneMatch is null || !Names(_noneMatch, current, useStrong: false));

    private static bool Names(IEnumerable<EntityTagHeaderValue> tags, AcceptedRouteSpec? current, bool useStrong) =>
        current is not null && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(current.ETag), useStrong));

    private static IList<EntityTagHeaderValue>? Read(StringValues header, string name)
    {
        if (header.Count == 0)
            return null;
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags)
            ? tags
            : throw new BadHttpRequestException($"{name} is not a list of entity tags; send back the ETag of GET /route_spec, with its quotes.");
    }
}
