using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Security;

/// <summary>Finds the token that a request carries.</summary>
internal static class PresentedToken
{
    private static readonly string[] InUrl = ["token", "access_token", "bearer_token", "api_key", "apikey"];

    /// <summary>Whether it is in the URL, where logs and histories keep it.</summary>
    public static bool IsInUrl(HttpRequest request) => request.QueryString.HasValue && Array.Exists(InUrl, request.Query.ContainsKey);

    /// <summary>The token, or <see langword="null"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mayBePassword">
    /// Whether it may come as the password of Basic, which is what a browser can ask its user for. Not for writes: a browser adds it
    /// by itself, also for a page of another site.
    /// </param>
    public static string? In(HttpRequest request, bool mayBePassword)
    {
        if (request.Headers.Authorization is not [{ } text] || !AuthenticationHeaderValue.TryParse(text, out var header) || header.Parameter is not { } parameter)
            return null;
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return parameter;
        return mayBePassword && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? PasswordOf(parameter) : null;
    }

    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[(colon + 1)..] : null;
    }
}
