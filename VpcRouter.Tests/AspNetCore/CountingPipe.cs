using System.IO.Pipelines;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Takes what is written and forgets it, but knows how much was ever held back.</summary>
internal sealed class CountingPipe : PipeWriter
{
    private byte[] _buffer = new byte[4096];
    private long _held;

    public long Total { get; private set; }

    public long MostHeld { get; private set; }

    public override void Advance(int bytes)
    {
        Total += bytes;
        _held += bytes;
        MostHeld = Math.Max(MostHeld, _held);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.Length >= sizeHint ? _buffer : _buffer = new byte[sizeHint];

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _held = 0;
        return ValueTask.FromResult(default(FlushResult));
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
