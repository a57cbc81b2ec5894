using Microsoft.AspNetCore.Http;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>Reads a request's body up to the size of the largest document.</summary>
internal static class LimitedBody
{
    private const int Limit = RouteSpecReader.MaximumBytes;

    /// <summary>Reads the body.</summary>
    /// <returns>The body, or <see langword="null"/> when it is too large.</returns>
    /// <exception cref="BadHttpRequestException">The body is malformed, too slow or larger than the server takes.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
            return null;

        // A client's promise of a length is worth no more memory than a page until the bytes have come.
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 4096));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in read.Buffer)
            {
                if (body.Length + segment.Length > Limit)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return null;
                }

                body.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return body.GetBuffer().AsMemory(0, (int)body.Length).ToArray();
        }
    }
}
