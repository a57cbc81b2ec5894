using System.Buffers;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Answers with JSON that may be large, in the form that the client asks for.</summary>
/// <param name="form">The form; HTML is made as a whole, so that what is written must be bounded.</param>
/// <param name="title">The page's name, for people.</param>
/// <param name="write">Writes one JSON value.</param>
internal sealed class StreamedPage(ResponseForm form, string title, Func<JsonSink, ValueTask> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (form is ResponseForm.Html or ResponseForm.None)
        {
            await PageResult.Of(httpContext, MountPoint.Home(httpContext.Request), title, await WholeAsync().ConfigureAwait(false)).ExecuteAsync(httpContext).ConfigureAwait(false);
            return;
        }

        var response = httpContext.Response;
        PageResult.SetHeaders(response.Headers);
        response.ContentType = (form == ResponseForm.Json ? MediaTypeNames.Application.Json : MediaTypeNames.Text.Plain) + "; charset=utf-8";
        try
        {
            var sink = new JsonSink(response.BodyWriter, form == ResponseForm.Text, httpContext.RequestAborted);
            await using var disposal = sink.ConfigureAwait(false);
            await write(sink).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            return;
        }

        if (form == ResponseForm.Text)
            await response.WriteAsync("\n", httpContext.RequestAborted).ConfigureAwait(false);
    }

    private async ValueTask<JsonNode> WholeAsync()
    {
        if (form == ResponseForm.None)
            return new JsonObject();
        var buffer = new ArrayBufferWriter<byte>();
        var sink = new JsonSink(buffer);
        await using (sink.ConfigureAwait(false))
            await write(sink).ConfigureAwait(false);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
