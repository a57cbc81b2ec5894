using System.Buffers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>An answer as it is sent. Immutable.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Next">The path of the next page; <see langword="null"/> when this is the last.</param>
/// <param name="ETag">Its strong entity tag, with its quotes.</param>
internal sealed record Answer(ResponseForm Form, ReadOnlyMemory<byte> Body, string? Next, string ETag)
{
    private const int BytesOfHash = 16;

    public string ContentType => (Form switch
    {
        ResponseForm.Html => MediaTypeNames.Text.Html,
        ResponseForm.Json => MediaTypeNames.Application.Json,
        _ => MediaTypeNames.Text.Plain,
    }) + "; charset=utf-8";

    /// <summary>Makes it as a whole.</summary>
    /// <param name="form">Its form, one that there is.</param>
    /// <param name="home">Where the overview is.</param>
    /// <param name="title">The page's name, for people.</param>
    /// <param name="content">What it shows.</param>
    public static async ValueTask<Answer> MakeAsync(ResponseForm form, string home, string title, PageContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var sink = new JsonSink(buffer, form == ResponseForm.Text);
        await using (sink.ConfigureAwait(false))
            await content.WriteAsync(sink).ConfigureAwait(false);
        if (form == ResponseForm.Text)
            buffer.Write("\n"u8);
        var body = form == ResponseForm.Html ? Encoding.UTF8.GetBytes(HtmlPage.Render(home, title, JsonNode.Parse(buffer.WrittenSpan)!)) : buffer.WrittenSpan.ToArray();
        return new Answer(form, body, content.Next, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, BytesOfHash))}\"");
    }
}
