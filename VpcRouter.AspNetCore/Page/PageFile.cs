using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VpcRouter.AspNetCore.Page;

/// <summary>A file of the page, as it lies in the assembly. Immutable and thread-safe.</summary>
internal sealed class PageFile
{
    private readonly string _contentType;
    private readonly EntityTagHeaderValue _tag;

    private PageFile(byte[] content, string contentType)
    {
        Content = content;
        _contentType = contentType;
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
    }

    public byte[] Content { get; }

    public static PageFile Load(string name, string contentType)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new PageFile(content, contentType);
    }

    /// <summary>Answers with the file. Clients ask each time whether theirs is still good: after an update none works with the old one.</summary>
    public IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(Content, _contentType, entityTag: _tag);
    }
}
