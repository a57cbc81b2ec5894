namespace VpcRouter.AspNetCore.Inbox;

/// <summary>A request's body as far as it has come, counted against what all bodies may hold until it is disposed of. For one thread at a time.</summary>
internal sealed class ReceivedBody(BodyReader reader) : IDisposable
{
    // A client's promise of a length is worth no memory before the bytes have come.
    private readonly MemoryStream _content = new();
    private long _held;

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> ToDocument() => _content.ToArray();

    /// <summary>Appends what has come.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        reader.Hold(_held, bytes.Length);
        _held += bytes.Length;
        _content.Write(bytes);
    }

    public void Dispose()
    {
        reader.Release(_held);
        _held = 0;
        _content.Dispose();
    }
}
