using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.AspNetCore.Security;

namespace VpcRouter.AspNetCore.Events;

/// <summary>Answers <c>/events</c>, the stream of what happens, and <c>/history</c>, the last hour of it. Thread-safe.</summary>
internal sealed class EventsEndpoint(EventFeed feed, SharedAnswers answers, RequestGuard guard, TimeProvider time, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>How many may read along at once.</summary>
    public const int MostStreams = 64;

    /// <summary>How long a stream is silent at most, so that proxies and clients know that it is alive.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string ContentType = "text/event-stream";
    private const int MostAtOnce = 100;
    private const string LastEventId = "Last-Event-ID";
    private int _streams;

    public async Task<IResult> HistoryAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var limit = query.Number("limit", 1, Timeline.Most) ?? Timeline.Most;
        if (query.Errors.Count > 0)
            return BadQuery.Answer(context, query.Errors);
        return await answers.AnswerAsync(context, "history", () => new PageContent(null, limit, sink => WriteHistoryAsync(sink, limit))).ConfigureAwait(false);
    }

    public IResult Events(HttpContext context)
    {
        var given = context.Request.Headers[LastEventId].ToString() is { Length: > 0 } header ? header : context.Request.Query["last_event_id"].ToString();
        return new Stream(this, PlaceOf(given));
    }

    private string IdOf(long sequence) => $"{feed.Epoch}-{sequence}";

    // From the end for a new reader; from where it was for one that comes again; from the oldest that is kept for one that read another
    // process's events, or so it says.
    private long PlaceOf(string lastEventId)
    {
        if (lastEventId.Length == 0)
            return feed.Ring.Last;
        return lastEventId.StartsWith(feed.Epoch + "-", StringComparison.Ordinal)
            && long.TryParse(lastEventId.AsSpan(feed.Epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? Math.Min(sequence, feed.Ring.Last)
            : 0;
    }

    private async ValueTask WriteHistoryAsync(JsonSink sink, int limit)
    {
        var json = sink.Json;
        // Read before the entries: who goes on from here may see one twice, but misses none.
        var last = feed.Ring.Last;
        json.WriteStartObject();
        json.WriteString("time", time.GetUtcNow());
        json.WriteString("last_event_id", IdOf(last));
        json.WriteStartArray("entries");
        foreach (var entry in feed.Timeline.Newest(limit))
        {
            json.WriteStartObject();
            json.WriteString("type", entry.Type);
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
            await sink.RestAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task StreamAsync(HttpContext context, long place)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime?.ApplicationStopping ?? CancellationToken.None);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await response.WriteAsync("retry: 2000\n\n", ended.Token).ConfigureAwait(false);
            await response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            while (true)
            {
                place = await SendAsync(response, place, ended.Token).ConfigureAwait(false);
                await RestAsync(response, place, ended.Token).ConfigureAwait(false);
                // The token may have been changed since the stream began, for somebody who had it should see no more.
                if (guard.Check(context) is not null)
                    return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone, or the server is stopping.
        }
    }

    private async Task<long> SendAsync(HttpResponse response, long place, CancellationToken ended)
    {
        // A batch at a time: who never catches up is looked at between two of them all the same.
        if (feed.Ring.After(place, MostAtOnce, out var lost) is not { Count: > 0 } items)
            return place;
        if (lost > 0)
            await SendAsync(response, new FeedItem(items[0].Sequence - 1, "lost", EventJson.Lost(lost)), ended).ConfigureAwait(false);
        foreach (var item in items)
            await SendAsync(response, item, ended).ConfigureAwait(false);
        await response.Body.FlushAsync(ended).ConfigureAwait(false);
        return items[^1].Sequence;
    }

    private async Task SendAsync(HttpResponse response, FeedItem item, CancellationToken ended)
    {
        await response.WriteAsync($"id: {IdOf(item.Sequence)}\nevent: {item.Type}\ndata: ", ended).ConfigureAwait(false);
        await response.Body.WriteAsync(item.Data, ended).ConfigureAwait(false);
        await response.WriteAsync("\n\n", ended).ConfigureAwait(false);
    }

    private async Task RestAsync(HttpResponse response, long place, CancellationToken ended)
    {
        try
        {
            await feed.Ring.NewerThan(place).WaitAsync(Heartbeat, time, ended).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await response.WriteAsync(": alive\n\n", ended).ConfigureAwait(false);
            await response.Body.FlushAsync(ended).ConfigureAwait(false);
        }
    }

    private sealed class Stream(EventsEndpoint endpoint, long place) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                var isOneTooMany = Interlocked.Increment(ref endpoint._streams) > MostStreams;
                await (isOneTooMany ? TurnAway(httpContext) : RunAsync(httpContext)).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref endpoint._streams);
            }
        }

        // HEAD wants to know what it would get, not to wait for it.
        private Task RunAsync(HttpContext context)
        {
            context.Response.ContentType = ContentType;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : endpoint.StreamAsync(context, place);
        }

        private static Task TurnAway(HttpContext context)
        {
            context.Response.Headers.RetryAfter = "10";
            return Results.Text($"{MostStreams} clients read along already, which is the most; try again later, or poll /history.\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status503ServiceUnavailable)
                .ExecuteAsync(context);
        }
    }
}
