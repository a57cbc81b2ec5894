using Microsoft.AspNetCore.Http;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>
/// Reads bodies up to the size of the largest document, and no more of them at once than memory is set aside for. A slow body
/// holds only what has come of it, and not for ever. Thread-safe.
/// </summary>
internal sealed class BodyReader(TimeProvider time)
{
    /// <summary>What all bodies under way may hold together.</summary>
    public const long Budget = 2 * Limit;

    private const int Limit = RouteSpecReader.MaximumBytes;
    private long _held;

    /// <summary>How long a body may take to come.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads a body.</summary>
    /// <returns>The body; dispose it when its document isn't needed for reading any more.</returns>
    /// <exception cref="BadHttpRequestException">It is malformed, slow, too large, or too much at once; the message says so to the client.</exception>
    public async Task<ReceivedBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
            throw TooLarge();
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var received = new ReceivedBody(this);
        try
        {
            await FillAsync(received, request, either.Token).ConfigureAwait(false);
            return received;
        }
        catch (Exception e)
        {
            received.Dispose();
            if (e is OperationCanceledException && deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new BadHttpRequestException($"The body had not come after {Patience.TotalSeconds} s.", StatusCodes.Status408RequestTimeout);
            // Of a body in chunks the server may see first that it is too large, and would name a limit of its own.
            if (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
                throw TooLarge();
            throw;
        }
    }

    /// <summary>Gives back what a body held.</summary>
    internal void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    private static async Task FillAsync(ReceivedBody received, HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                foreach (var segment in read.Buffer)
                    received.Add(segment.Span);
            }
            finally
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>Takes from what all bodies may hold.</summary>
    internal void Hold(long before, int bytes)
    {
        if (before + bytes > Limit)
            throw TooLarge();
        if (Interlocked.Add(ref _held, bytes) <= Budget)
            return;
        Release(bytes);
        throw new BadHttpRequestException("Too many route specs are being posted at once; try again in a second.", StatusCodes.Status503ServiceUnavailable);
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The route spec is too large; at most {Limit} bytes are accepted.", StatusCodes.Status413PayloadTooLarge);
}
