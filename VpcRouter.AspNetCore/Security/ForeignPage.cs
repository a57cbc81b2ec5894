using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Security;

/// <summary>
/// Whether a browser sent a request for a page of another site. That, and not the type of the body, is what keeps such pages from
/// writing: a form can post the same types as curl does. Programs without a browser around them send none of these headers.
/// </summary>
internal static class ForeignPage
{
    public static bool Sent(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none"))
            return true;
        return request.Headers.Origin is { Count: > 0 } origin && !IsOwnOrigin(origin.ToString(), request);
    }

    private static bool IsOwnOrigin(string text, HttpRequest request) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(origin.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && origin.Port == (request.Host.Port ?? (request.IsHttps ? 443 : 80));
}
