using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.AspNetCore;

internal sealed class BodyReaderTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task ReadAsync_MoreAtOnceThanMemoryIsSetAsideFor_TurnsTheLastAway()
    {
        var reader = new BodyReader(_time);
        using var first = await ReadAsync(reader, RouteSpecReader.MaximumBytes);
        using var second = await ReadAsync(reader, RouteSpecReader.MaximumBytes);

        var third = () => ReadAsync(reader, 1);

        (await third.Should().ThrowAsync<BadHttpRequestException>()).Which.StatusCode.Should().Be(503);
    }

    [Test]
    public async Task ReadAsync_AnotherWasGivenBack_Reads()
    {
        var reader = new BodyReader(_time);
        using var first = await ReadAsync(reader, RouteSpecReader.MaximumBytes);
        (await ReadAsync(reader, RouteSpecReader.MaximumBytes)).Dispose();

        using var third = await ReadAsync(reader, RouteSpecReader.MaximumBytes);

        third.ToDocument().Length.Should().Be(RouteSpecReader.MaximumBytes);
    }

    [Test]
    public async Task ReadAsync_NotAllComesInTime_TurnsItAwayAndKeepsNothing()
    {
        var reader = new BodyReader(_time);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("{"u8.ToArray());

        var reading = reader.ReadAsync(RequestOf(pipe.Reader), CancellationToken.None);
        _time.Advance(BodyReader.Patience);

        (await reading.Awaiting(it => it).Should().ThrowAsync<BadHttpRequestException>()).Which.StatusCode.Should().Be(408);
        using var first = await ReadAsync(reader, RouteSpecReader.MaximumBytes);
        using var second = await ReadAsync(reader, RouteSpecReader.MaximumBytes);
        second.ToDocument().Length.Should().Be(RouteSpecReader.MaximumBytes);
    }

    private static Task<ReceivedBody> ReadAsync(BodyReader reader, int length) =>
        reader.ReadAsync(RequestOf(PipeReader.Create(new MemoryStream(new byte[length]))), CancellationToken.None);

    private static HttpRequest RequestOf(PipeReader body)
    {
        var pipe = Substitute.For<IRequestBodyPipeFeature>();
        pipe.Reader.Returns(body);
        var context = new DefaultHttpContext();
        context.Features.Set(pipe);
        return context.Request;
    }
}
