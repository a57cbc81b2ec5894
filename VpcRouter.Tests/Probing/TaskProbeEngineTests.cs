using System.Net;
using VpcRouter.Probing;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Probing;

internal sealed class TaskProbeEngineTests
{
    private static readonly IPAddress Host = IPAddress.Parse("10.0.0.1");

    [Test]
    public async Task Send_ProbeEnds_IsCompleted()
    {
        await using var engine = Engine((_, _) => ValueTask.FromResult(ProbeResult.Alive(TimeSpan.FromMilliseconds(3))));

        engine.Send([new ProbeRequest(0, 7, Host)]);

        (await NextAsync(engine)).Should().Be(new ProbeCompletion(0, 7, ProbeOutcome.Alive, TimeSpan.FromMilliseconds(3), ""));
    }

    [Test]
    public async Task Send_ProbeThrows_SaysNothingOfTheHost()
    {
        await using var engine = Engine((_, _) => throw new InvalidOperationException("no descriptors"));

        engine.Send([new ProbeRequest(0, 7, Host)]);

        var completion = await NextAsync(engine);
        (completion.Outcome, completion.Reason).Should().Be((ProbeOutcome.Inconclusive, "no descriptors"));
    }

    [Test]
    public async Task Send_ProbeBlocksItsThread_DoesNotBlockTheCaller()
    {
        using var gate = new ManualResetEventSlim();
        await using var engine = Engine((_, _) =>
        {
            gate.Wait(CancellationToken.None);
            return ValueTask.FromResult(ProbeResult.Alive(TimeSpan.Zero));
        });

        engine.Send([new ProbeRequest(0, 7, Host)]);
        engine.Receive(new ProbeCompletion[1]).Should().Be(0);
        gate.Set();

        (await NextAsync(engine)).Number.Should().Be(7);
    }

    [Test]
    public async Task Cancel_ProbeRuns_CancelsItsTokenAndNoOther()
    {
        var tokens = new Dictionary<IPAddress, TaskCompletionSource<CancellationToken>> { [Host] = new(), [IPAddress.Loopback] = new() };
        await using var engine = Engine(async (host, deadline) =>
        {
            tokens[host].SetResult(deadline);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline);
            return default;
        });
        engine.Send([new ProbeRequest(0, 7, Host), new ProbeRequest(1, 8, IPAddress.Loopback)]);
        await Task.WhenAll(tokens.Values.Select(token => token.Task));

        engine.Cancel([7]);

        (await NextAsync(engine)).Number.Should().Be(7);
        (await tokens[IPAddress.Loopback].Task).IsCancellationRequested.Should().BeFalse();
    }

    [Test]
    public async Task Send_ProbesOfAHostNeverEnd_StartsNoMoreOfThem()
    {
        var never = new TaskCompletionSource<ProbeResult>();
        await using var engine = Engine((_, _) => new ValueTask<ProbeResult>(never.Task));

        for (var number = 1UL; number <= 5; number++)
            engine.Send([new ProbeRequest(0, number, Host)]);

        var refused = await NextAsync(engine);
        (refused.Number, refused.Outcome).Should().Be((5, ProbeOutcome.Inconclusive));
        never.SetResult(default);
    }

    [Test]
    public async Task Dispose_ProbesRun_CancelsThem()
    {
        var ended = new TaskCompletionSource();
        var engine = Engine(async (_, deadline) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline).ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            return default;
        });
        engine.Send([new ProbeRequest(0, 7, Host)]);

        await engine.DisposeAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static TaskProbeEngine Engine(Func<IPAddress, CancellationToken, ValueTask<ProbeResult>> probe) => new(probe, mostPerHost: 4, TimeProvider.System);

    private static async Task<ProbeCompletion> NextAsync(TaskProbeEngine engine)
    {
        var completions = new ProbeCompletion[1];
        await Eventually.BeTrueAsync(() => engine.Receive(completions) == 1);
        return completions[0];
    }
}
