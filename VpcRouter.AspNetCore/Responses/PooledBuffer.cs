using System.Buffers;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>
/// Takes bytes into pieces that are used again once it is disposed: arrays as large as a page, made many times a second, would keep the
/// garbage collector at its costliest work, and everybody waits for that. Written by one thread, then read by any.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Piece = 32 * 1024;
    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _last = [];
    private int _lastLength;

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; private set; }

    /// <summary>What it holds, in pieces.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces =>
        _full.Select(piece => new ReadOnlyMemory<byte>(piece.Bytes, 0, piece.Length)).Append(_last.AsMemory(0, _lastLength));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _last.Length - _lastLength);
        _lastLength += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_last.Length - _lastLength < wanted)
        {
            if (_last.Length > 0)
                _full.Add((_last, _lastLength));
            (_last, _lastLength) = (ArrayPool<byte>.Shared.Rent(Math.Max(Piece, wanted)), 0);
        }

        return _last.AsMemory(_lastLength);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the pieces back. Nobody may hold one any more.</summary>
    public void Dispose()
    {
        foreach (var (bytes, _) in _full)
            ArrayPool<byte>.Shared.Return(bytes);
        if (_last.Length > 0)
            ArrayPool<byte>.Shared.Return(_last);
        _full.Clear();
        (_last, _lastLength, Length) = ([], 0, 0);
    }
}
