using System.Buffers;
using VpcRouter.AspNetCore.Responses;

namespace VpcRouter.Tests.AspNetCore;

public class PooledBufferTests
{
    [Test]
    public void Write_AnySizes_HoldsThemInOrder()
    {
        using var buffer = new PooledBuffer();
        var expected = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31)).ToArray();

        var written = 0;
        for (var size = 1; written < expected.Length; size = (size * 3) + 1)
        {
            var part = expected.AsSpan(written, Math.Min(size, expected.Length - written));
            buffer.Write(part);
            written += part.Length;
        }

        buffer.Length.Should().Be(expected.Length);
        buffer.Pieces.SelectMany(piece => piece.ToArray()).Should().Equal(expected);
    }

    [Test]
    public void GetMemory_MoreThanAPiece_IsAsLargeAsWanted()
    {
        using var buffer = new PooledBuffer();

        buffer.GetMemory(100_000).Length.Should().BeGreaterThanOrEqualTo(100_000);
        buffer.GetSpan().Length.Should().BePositive();
    }

    [Test]
    public void Dispose_Twice_HoldsNothing()
    {
        var buffer = new PooledBuffer();
        buffer.Write("abc"u8);

        buffer.Dispose();
        buffer.Dispose();

        buffer.Length.Should().Be(0);
        buffer.Pieces.Should().OnlyContain(piece => piece.IsEmpty);
    }
}
