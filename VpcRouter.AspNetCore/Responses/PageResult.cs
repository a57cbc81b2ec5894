using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Answers a request with JSON in the form that the client asks for.</summary>
internal static class PageResult
{
    /// <summary>Makes the answer. It is complete before anything is sent, so that a failure is still a clean one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="home">Where the overview is.</param>
    /// <param name="title">The page's name, for people.</param>
    /// <param name="content">What to answer.</param>
    public static IResult Of(HttpContext context, string home, string title, JsonNode content)
    {
        var headers = context.Response.Headers;
        SetHeaders(headers);
        switch (Negotiation.FormFor(context.Request.Headers.Accept))
        {
            case ResponseForm.Html:
                headers.ContentSecurityPolicy = HtmlPage.ContentSecurityPolicy;
                return Text(HtmlPage.Render(home, title, content), MediaTypeNames.Text.Html);
            case ResponseForm.Json:
                return Text(content.ToJsonString(JsonOutput.Compact), MediaTypeNames.Application.Json);
            case ResponseForm.Text:
                return Text(content.ToJsonString(JsonOutput.Indented) + "\n", MediaTypeNames.Text.Plain);
            default:
                return NotAcceptable(context);
        }
    }

    /// <summary>Answers a client that takes none of the forms.</summary>
    public static IResult NotAcceptable(HttpContext context)
    {
        SetHeaders(context.Response.Headers);
        // 406 is what HTTP has for this; 407 is what the original answers, and what its clients' scripts look for.
        return Results.Text("Accept text/html, application/json or text/plain.\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status407ProxyAuthenticationRequired);
    }

    /// <summary>Answers a client for whom there is no room now.</summary>
    public static IResult Busy(HttpContext context)
    {
        SetHeaders(context.Response.Headers);
        context.Response.Headers.RetryAfter = "1";
        return Results.Text($"{RenderGate.MostWaiting} answers wait to be made already; try again in a second.\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Sets what every answer bears that depends on the client's Accept and on the state of now.</summary>
    public static void SetHeaders(IHeaderDictionary headers)
    {
        headers.Vary = "Accept";
        headers.CacheControl = "no-store";
    }

    private static IResult Text(string text, string mediaType) => Results.Text(text, mediaType, Encoding.UTF8);
}
