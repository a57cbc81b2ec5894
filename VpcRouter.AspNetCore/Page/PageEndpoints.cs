using System.Collections.Frozen;
using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using VpcRouter.AspNetCore.Responses;

namespace VpcRouter.AspNetCore.Page;

/// <summary>Serves the page for browsers and the files that it is made of. They hold no state of the router and no secret.</summary>
internal static class PageEndpoints
{
    // Nothing from elsewhere, nothing inline, and no text becomes markup.
    private const string ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static readonly string Template = Encoding.UTF8.GetString(PageFile.Load("page.html", MediaTypeNames.Text.Html).Content);

    private static readonly FrozenDictionary<string, PageFile> Files = typeof(PageEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name != "page.html")
        .ToFrozenDictionary(name => name, name => PageFile.Load(name, ContentTypeOf(Path.GetExtension(name))), StringComparer.Ordinal);

    /// <summary>The page, with the place of its files as the browser sees it.</summary>
    public static IResult Page(HttpContext context)
    {
        var headers = context.Response.Headers;
        PageResult.SetHeaders(headers);
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Text(Template.Replace("{{home}}", WebUtility.HtmlEncode(MountPoint.Href(context.Request, "")), StringComparison.Ordinal), MediaTypeNames.Text.Html, Encoding.UTF8);
    }

    /// <summary>A file of the page.</summary>
    public static IResult File(string file, HttpContext context) => Files.TryGetValue(file, out var found) ? found.Answer(context) : Results.NotFound();

    private static string ContentTypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
