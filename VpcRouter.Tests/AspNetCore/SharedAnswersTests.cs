using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;

namespace VpcRouter.Tests.AspNetCore;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedAnswersTests : IDisposable
{
    private const int OneMegabyte = 1024 * 1024;
    private readonly RouterStatus _status = new() { StartedAt = EndpointHost.Now };
    private readonly IRouterState _state = Substitute.For<IRouterState>();
    private readonly FakeTimeProvider _time = new(EndpointHost.Now);
    private readonly RenderGate _gate = new(1);
    private readonly SharedAnswers _answers;
    private int _made;
    private int _written;

    public SharedAnswersTests()
    {
        _state.Current.Returns(_status);
        _answers = new SharedAnswers(_state, _gate, _time);
    }

    public void Dispose() => _gate.Dispose();

    [Test]
    public async Task ManyAskForTheSame_WhileItIsMade_MadeOnce()
    {
        var written = new TaskCompletionSource();

        var answers = Enumerable.Range(0, 1000).Select(_ => AskAsync("/same", sink => new ValueTask(written.Task))).ToList();
        written.SetResult();

        (await Task.WhenAll(answers)).Should().AllBeOfType<AnswerResult>();
        _made.Should().Be(1);
    }

    [Test]
    public async Task TooManyWait_OneMoreAsks_IsToldToComeAgain()
    {
        await _gate.EnterAgainAsync();
        var waiting = Enumerable.Range(0, RenderGate.MostWaiting).Select(i => AskAsync($"/waiting/{i}")).ToList();

        var refused = new EndableContext("/one-more");
        await (await AskAsync(refused)).ExecuteAsync(refused.Http);
        var joined = AskAsync("/waiting/0");
        _gate.Leave();

        (refused.Http.Response.StatusCode, refused.Http.Response.Headers.RetryAfter.ToString()).Should().Be((503, "1"));
        (await Task.WhenAll(waiting.Append(joined))).Should().AllBeOfType<AnswerResult>();
        (await AskAsync("/one-more")).Should().BeOfType<AnswerResult>("there is room again");
        _made.Should().Be(RenderGate.MostWaiting + 1);
    }

    [Test]
    public async Task LargePage_AskedForTwice_IsStreamedToEach()
    {
        (await AskAsync("/large", weight: SharedAnswers.MostWeight + 1)).Should().BeOfType<StreamedPage>();
        (await AskAsync("/large", weight: SharedAnswers.MostWeight + 1)).Should().BeOfType<StreamedPage>();
    }

    [TestCase("text/html", "text/plain; charset=utf-8")]
    [TestCase("text/plain", "text/plain; charset=utf-8")]
    [TestCase("application/json", "application/json; charset=utf-8")]
    public async Task LargePage_AnyForm_IsMadeNoFurtherThanItIsRead(string accept, string contentType)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        var context = new EndableContext("/large");
        context.Http.Request.Headers.Accept = accept;
        context.Http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        var page = await AskAsync(context, WriteMegabyteInPieces, SharedAnswers.MostWeight + 1);

        var sending = page.ExecuteAsync(context.Http);

        (sending.IsCompleted, _written).Should().Match<(bool IsCompleted, int Written)>(now => !now.IsCompleted && now.Written < OneMegabyte / 4);
        context.Http.Response.ContentType.Should().Be(contentType);
        var reading = pipe.Reader.CopyToAsync(Stream.Null);
        await sending;
        await pipe.Writer.CompleteAsync();
        await reading;
    }

    [Test]
    public async Task SlowReadersHoldAllThereIs_OneMoreAsks_IsStreamedTo()
    {
        var slow = Enumerable.Range(0, SharedAnswers.MostBytes / OneMegabyte).Select(i => new EndableContext($"/page/{i}")).ToList();
        foreach (var reader in slow)
            await AskAsync(reader, WriteMegabyte);

        (await AskAsync("/page/again", WriteMegabyte)).Should().BeOfType<StreamedPage>();
        foreach (var reader in slow)
            await reader.EndAsync();
        (await AskAsync("/page/later", WriteMegabyte)).Should().BeOfType<AnswerResult>();
    }

    [TestCase(950, 1)]
    [TestCase(1000, 2)]
    public async Task StateChanged_PageShowsWhatWasReadBefore_IsASecondOldAtMost(int age, int made)
    {
        var readAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(800));
        await AskAsync();
        _state.Current.Returns(LargeStatus.Of(1, 1));
        _time.Advance(TimeSpan.FromMilliseconds(age - 900));
        await AskAsync();

        _made.Should().Be(made);

        Task<IResult> AskAsync() => _answers.AnswerAsync(new EndableContext("/page").Http, "page", () =>
        {
            _made++;
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return new PageContent(_status, 1, WriteNull) { ReadAt = readAt };
        });
    }

    [Test]
    public async Task MakingFails_AskedAgain_IsMadeAgain()
    {
        Func<Task> failing = () => AskAsync("/failing", _ => throw new InvalidOperationException("broken"));

        await failing.Should().ThrowAsync<InvalidOperationException>();
        (await AskAsync("/failing")).Should().BeOfType<AnswerResult>();
    }

    [Test]
    public async Task LargePage_ClientReadsNothing_OthersHaveTheirTurn()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        var context = new EndableContext("/large");
        context.Http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        var page = await AskAsync(context, WriteMegabyteInPieces, SharedAnswers.MostWeight + 1);

        var sending = page.ExecuteAsync(context.Http);
        (await AskAsync("/small")).Should().BeOfType<AnswerResult>();
        sending.IsCompleted.Should().BeFalse();
        var received = new MemoryStream();
        var reading = pipe.Reader.CopyToAsync(received);
        await sending;
        await pipe.Writer.CompleteAsync();
        await reading;

        Encoding.UTF8.GetString(received.ToArray()).Count(c => c == 'x').Should().Be(OneMegabyte);
    }

    private static ValueTask WriteNull(JsonSink sink)
    {
        sink.Json.WriteNullValue();
        return ValueTask.CompletedTask;
    }

    private static ValueTask WriteMegabyte(JsonSink sink)
    {
        sink.Json.WriteStringValue(new string('x', OneMegabyte));
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteMegabyteInPieces(JsonSink sink)
    {
        sink.Json.WriteStartArray();
        for (; _written < OneMegabyte; _written += 1024)
        {
            sink.Json.WriteStringValue(new string('x', 1024));
            await sink.RestAsync();
        }

        sink.Json.WriteEndArray();
    }

    private Task<IResult> AskAsync(string path, Func<JsonSink, ValueTask>? write = null, int weight = 1) => AskAsync(new EndableContext(path), write, weight);

    private Task<IResult> AskAsync(EndableContext context, Func<JsonSink, ValueTask>? write = null, int weight = 1) =>
        _answers.AnswerAsync(context.Http, "page", () =>
        {
            Interlocked.Increment(ref _made);
            return new PageContent(_status, weight, write ?? WriteNull);
        });
}
