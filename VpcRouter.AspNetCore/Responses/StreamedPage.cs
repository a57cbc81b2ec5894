using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Answers one client with JSON that may be large, in the form that it asks for. What is made is never far ahead of what is read.</summary>
/// <param name="form">The form, one that there is; HTML is made as a whole, so that what is written must be bounded.</param>
/// <param name="title">The page's name, for people.</param>
/// <param name="gate">Left while the client reads.</param>
/// <param name="content">What to answer.</param>
internal sealed class StreamedPage(ResponseForm form, string title, RenderGate gate, PageContent content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (form == ResponseForm.Html)
        {
            await (await WholeAsync(httpContext).ConfigureAwait(false)).ExecuteAsync(httpContext).ConfigureAwait(false);
            return;
        }

        var response = httpContext.Response;
        PageResult.SetHeaders(response.Headers);
        if (content.Next is { } next)
            response.Headers.Link = NextPage.LinkTo(next);
        response.ContentType = (form == ResponseForm.Json ? MediaTypeNames.Application.Json : MediaTypeNames.Text.Plain) + "; charset=utf-8";
        try
        {
            await StreamAsync(httpContext).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            return;
        }

        if (form == ResponseForm.Text)
            await response.WriteAsync("\n", httpContext.RequestAborted).ConfigureAwait(false);
    }

    private async ValueTask<AnswerResult> WholeAsync(HttpContext context)
    {
        await gate.EnterAgainAsync().ConfigureAwait(false);
        try
        {
            var answer = await Answer.MakeAsync(form, MountPoint.Home(context.Request), title, content).ConfigureAwait(false);
            context.Response.RegisterForDispose(answer);
            return new AnswerResult(answer);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async ValueTask StreamAsync(HttpContext context)
    {
        await gate.EnterAgainAsync().ConfigureAwait(false);
        try
        {
            var sink = new JsonSink(context.Response.BodyWriter, form == ResponseForm.Text, gate, context.RequestAborted);
            await using var disposal = sink.ConfigureAwait(false);
            await content.WriteAsync(sink).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave();
        }
    }
}
