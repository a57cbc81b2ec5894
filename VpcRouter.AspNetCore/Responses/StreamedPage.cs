using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Answers one client with JSON that may be large. What is made is never far ahead of what is read.</summary>
/// <param name="isIndented">Whether it is indented, as text, or compact.</param>
/// <param name="gate">Left while the client reads.</param>
/// <param name="content">What to answer.</param>
internal sealed class StreamedPage(bool isIndented, RenderGate gate, PageContent content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        PageResult.SetHeaders(response.Headers);
        if (content.Next is { } next)
            response.Headers.Link = NextPage.LinkTo(next);
        response.ContentType = (isIndented ? MediaTypeNames.Text.Plain : MediaTypeNames.Application.Json) + "; charset=utf-8";
        try
        {
            await StreamAsync(httpContext).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            return;
        }

        if (isIndented)
            await response.WriteAsync("\n", httpContext.RequestAborted).ConfigureAwait(false);
    }

    private async ValueTask StreamAsync(HttpContext context)
    {
        await gate.EnterAgainAsync().ConfigureAwait(false);
        try
        {
            var sink = new JsonSink(context.Response.BodyWriter, isIndented, gate, context.RequestAborted);
            await using var disposal = sink.ConfigureAwait(false);
            await content.WriteAsync(sink).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave();
        }
    }
}
