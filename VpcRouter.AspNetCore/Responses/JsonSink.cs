using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>
/// Takes JSON as it is made and hands it on piece by piece, at the client's pace: however long the answer, only a piece of it is held.
/// For one request.
/// </summary>
internal sealed class JsonSink : IAsyncDisposable
{
    private const int Piece = 32 * 1024;
    private readonly PipeWriter? _pipe;
    private readonly CancellationToken _aborted;
    private long _handedOn;

    /// <summary>Hands on to a client.</summary>
    public JsonSink(PipeWriter pipe, bool indented, CancellationToken aborted)
    {
        _pipe = pipe;
        _aborted = aborted;
        Json = new Utf8JsonWriter(pipe, OptionsFor(indented));
    }

    /// <summary>Keeps everything, for a form that needs the whole.</summary>
    public JsonSink(IBufferWriter<byte> buffer) => Json = new Utf8JsonWriter(buffer, OptionsFor(indented: false));

    public Utf8JsonWriter Json { get; }

    /// <summary>Hands on what has come together, if that is worth it. To be called now and then.</summary>
    public ValueTask RestAsync() => Json.BytesPending + Json.BytesCommitted - _handedOn >= Piece ? HandOnAsync() : ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await HandOnAsync().ConfigureAwait(false);
        await Json.DisposeAsync().ConfigureAwait(false);
    }

    private static JsonWriterOptions OptionsFor(bool indented) => new() { Indented = indented, Encoder = JsonOutput.Compact.Encoder };

    private async ValueTask HandOnAsync()
    {
        await Json.FlushAsync(_aborted).ConfigureAwait(false);
        _handedOn = Json.BytesCommitted;
        if (_pipe is not null)
            await _pipe.FlushAsync(_aborted).ConfigureAwait(false);
    }
}
