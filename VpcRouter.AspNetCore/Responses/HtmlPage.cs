using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Shows JSON as a page that people read: tables for objects, lists for arrays, links where the JSON names one.</summary>
internal static class HtmlPage
{
    /// <summary>What the page may load: nothing but the style beside it.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Makes the page.</summary>
    /// <param name="home">Where the overview is.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="content">What to show.</param>
    public static string Render(string home, string title, JsonNode content)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>VpcRouter ").Append(Escape(title))
            .Append("</title><link rel=\"stylesheet\" href=\"").Append(Escape(home)).Append("page/page.css\"></head><body class=\"plain\">\n<h1><a href=\"").Append(Escape(home)).Append("\">VpcRouter</a> ")
            .Append(Escape(title)).Append("</h1>\n");
        Append(html, content);
        return html.Append("\n</body></html>\n").ToString();
    }

    private static void Append(StringBuilder html, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } link when link["_href"] is JsonValue target:
                html.Append("<a href=\"").Append(Escape(target.ToString())).Append("\">").Append(Escape(target.ToString())).Append("</a>");
                break;
            case JsonObject { Count: > 0 } pairs:
                AppendTable(html, pairs);
                break;
            case JsonArray { Count: > 0 } items:
                AppendList(html, items);
                break;
            case JsonObject or JsonArray or null:
                html.Append("&ndash;");
                break;
            default:
                html.Append(Escape(TextOf(node)));
                break;
        }
    }

    private static void AppendTable(StringBuilder html, JsonObject pairs)
    {
        html.Append("<table>\n");
        foreach (var (name, value) in pairs)
        {
            html.Append("<tr><th>").Append(Escape(name)).Append("</th><td>");
            Append(html, value);
            html.Append("</td></tr>\n");
        }

        html.Append("</table>");
    }

    private static void AppendList(StringBuilder html, JsonArray items)
    {
        html.Append("<ul>");
        foreach (var item in items)
        {
            html.Append("<li>");
            Append(html, item);
            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    // A value made from a date is text in JSON, yet its own ToString() would show the quotes.
    private static string TextOf(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.Deserialize<string>()! : value.ToString();

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
