using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Where the endpoints are mounted, as a client sees it: at the root, or below a prefix of the host's choice.</summary>
internal static class MountPoint
{
    /// <summary>The path of a page, seen from the overview.</summary>
    public static string Href(HttpRequest overview, string page) =>
        (overview.PathBase + overview.Path).Value!.TrimEnd('/') + "/" + page;

    /// <summary>The path of the overview, seen from any page: each lies one step below it.</summary>
    public static string Home(HttpRequest page)
    {
        var path = (page.PathBase + page.Path).Value!.TrimEnd('/');
        return path[..(path.LastIndexOf('/') + 1)] is { Length: > 0 } home ? home : "/";
    }
}
