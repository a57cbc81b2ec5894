using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>A client of <c>/events</c> that reads along.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Channel<ReceivedEvent> _events = Channel.CreateUnbounded<ReceivedEvent>();
    private readonly Task _reading;
    private int _comments;

    private EventStream(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reading = ReadAsync(reader);
    }

    public int Comments => Volatile.Read(ref _comments);

    /// <summary>Events that came and weren't taken.</summary>
    public int Untaken => _events.Reader.Count;

    public static async Task<EventStream> OpenAsync(EndpointHost host, string? lastEventId = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    public async Task<IReadOnlyList<ReceivedEvent>> TakeAsync(int count)
    {
        var taken = new List<ReceivedEvent>();
        while (taken.Count < count)
            taken.Add(await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        return taken;
    }

    public async Task UntilAsync(Func<ReceivedEvent, bool> condition)
    {
        while (!condition((await TakeAsync(1))[0]))
        {
        }
    }

    /// <summary>Waits until the server has ended the stream.</summary>
    public Task EndAsync() => _reading.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        // The response last: disposed while it is being read, it gives its buffers back and the reader sees what others write there.
        await _leaving.CancelAsync();
        await _reading.WaitAsync(Patience);
        _response.Dispose();
        _leaving.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var fields = new Dictionary<string, string>();
        try
        {
            while (await reader.ReadLineAsync(_leaving.Token) is { } line)
            {
                if (line.StartsWith(':'))
                    Interlocked.Increment(ref _comments);
                else if (line.Length > 0)
                    fields[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
                else if (fields.TryGetValue("data", out var data))
                    _events.Writer.TryWrite(new ReceivedEvent(fields["id"], fields["event"], JsonNode.Parse(data)!));
                if (line.Length == 0)
                    fields.Clear();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // The stream has ended, by whom is for the test to know.
        }
    }
}
