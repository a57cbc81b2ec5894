using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Health;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Probing;

internal sealed class ProbeRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Channel<HostList> _hosts = Channel.CreateUnbounded<HostList>();
    private readonly Channel<HealthReport> _reports = Channel.CreateUnbounded<HealthReport>();

    [Test]
    public async Task Dispose_LoopIsAtWork_EndsTheRunAndLeavesTheEngineToIt()
    {
        var engine = new FakeEngine(TimeProvider.System);
        var runner = Runner(engine);
        var wasDisposedUnderTheLoop = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.OnSend = () =>
        {
            _ = runner.DisposeAsync().AsTask();
            wasDisposedUnderTheLoop.TrySetResult(engine.IsDisposed);
        };
        _hosts.Writer.TryWrite(new HostList([IPAddress.Loopback]));

        var run = runner.RunAsync(_hosts.Reader, _reports.Writer, CancellationToken.None);

        (await wasDisposedUnderTheLoop.Task.WaitAsync(Patience)).Should().BeFalse();
        await run.WaitAsync(Patience).ContinueWith(_ => { }, TaskScheduler.Default);
        engine.IsDisposed.Should().BeTrue();
    }

    [Test]
    public async Task Run_Again_IsRefused()
    {
        var engine = new FakeEngine(TimeProvider.System);
        var runner = Runner(engine);
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        await runner.RunAsync(_hosts.Reader, _reports.Writer, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);

        var again = () => runner.RunAsync(_hosts.Reader, _reports.Writer, stopping.Token);

        await again.Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Dispose_NeverRun_DisposesTheEngine()
    {
        var engine = new FakeEngine(TimeProvider.System);

        await Runner(engine).DisposeAsync();

        engine.IsDisposed.Should().BeTrue();
    }

    private static ProbeRunner Runner(FakeEngine engine) =>
        new("runner-test", "probes_sent", new ProbeTiming(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), new Settings(), engine, TimeProvider.System, NullLogger.Instance, null);

    private sealed class Settings : ProbeSettings;
}
