using System.Buffers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>An answer as it is sent. It doesn't change until it is disposed, which is for whoever knows that nobody sends it any more.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Next">The path of the next page; <see langword="null"/> when this is the last.</param>
/// <param name="ETag">Its strong entity tag, with its quotes.</param>
internal sealed record Answer(ResponseForm Form, PooledBuffer Body, string? Next, string ETag) : IDisposable
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
        var body = new PooledBuffer();
        try
        {
            if (form == ResponseForm.Html)
            {
                var json = new ArrayBufferWriter<byte>();
                await WriteAsync(content, json, indented: false).ConfigureAwait(false);
                Encoding.UTF8.GetBytes(HtmlPage.Render(home, title, JsonNode.Parse(json.WrittenSpan)!), body);
            }
            else
            {
                await WriteAsync(content, body, form == ResponseForm.Text).ConfigureAwait(false);
                if (form == ResponseForm.Text)
                    body.Write("\n"u8);
            }

            return new Answer(form, body, content.Next, TagOf(body));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => Body.Dispose();

    private static async ValueTask WriteAsync(PageContent content, IBufferWriter<byte> buffer, bool indented)
    {
        var sink = new JsonSink(buffer, indented);
        await using var disposal = sink.ConfigureAwait(false);
        await content.WriteAsync(sink).ConfigureAwait(false);
    }

    private static string TagOf(PooledBuffer body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in body.Pieces)
            hash.AppendData(piece.Span);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, BytesOfHash))}\"";
    }
}
