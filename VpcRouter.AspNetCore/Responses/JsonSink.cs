using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>
/// Takes JSON as it is made and hands it on piece by piece, at the client's pace: however long the answer, only a piece of it is held, and
/// while the client reads others have their turn. For one request.
/// </summary>
internal sealed class JsonSink : IAsyncDisposable
{
    private const int Piece = 32 * 1024;
    private readonly PipeWriter? _pipe;
    private readonly RenderGate? _gate;
    private readonly CancellationToken _aborted;
    private long _handedOn;

    /// <summary>Hands on to a client.</summary>
    /// <param name="pipe">The client.</param>
    /// <param name="indented">Whether for people.</param>
    /// <param name="gate">The gate that the caller is in.</param>
    /// <param name="aborted">The client has gone.</param>
    public JsonSink(PipeWriter pipe, bool indented, RenderGate gate, CancellationToken aborted)
    {
        _pipe = pipe;
        _gate = gate;
        _aborted = aborted;
        Json = new Utf8JsonWriter(pipe, OptionsFor(indented));
    }

    /// <summary>Keeps everything, for a form that needs the whole.</summary>
    public JsonSink(IBufferWriter<byte> buffer, bool indented) => Json = new Utf8JsonWriter(buffer, OptionsFor(indented));

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
        if (_pipe is null)
            return;
        _gate!.Leave();
        try
        {
            await _pipe.FlushAsync(_aborted).ConfigureAwait(false);
        }
        finally
        {
            await _gate.EnterAgainAsync().ConfigureAwait(false);
        }
    }
}
