using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Hosting;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Hosting;

[CancelAfter(30_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginSupervisorTests
{
    private readonly FakeTimeProvider _time = new(TestVpc.Start);
    private readonly List<PluginStatus> _statuses = [];
    private Task _disposal = Task.CompletedTask;
    private int _made;
    private int _statusCount;

    [Test]
    public async Task RunAsync_PluginEndsAndMay_Ends()
    {
        await Supervisor().RunAsync((_, _) => Task.CompletedTask, mayEnd: true, default);

        _statuses.Select(status => status.IsUp).Should().Equal(true);
    }

    [Test]
    public async Task RunAsync_PluginThrows_IsMadeAnewWithBackoff()
    {
        var runs = 0;
        var running = Supervisor().RunAsync((_, _) => ++runs < 4 ? throw new InvalidOperationException("broken") : Task.CompletedTask, mayEnd: true, default);

        await Eventually.BeTrueAsync(() => running.IsCompleted, _time, TimeSpan.FromSeconds(1));

        (_made, _time.GetUtcNow() >= TestVpc.Start.AddSeconds(1 + 2 + 4)).Should().Be((4, true));
    }

    [Test]
    public async Task RunAsync_MonitorEndsByItself_CountsAsFailed()
    {
        using var stopping = new CancellationTokenSource();
        var running = Supervisor().RunAsync((_, _) => Task.CompletedTask, mayEnd: false, stopping.Token);
        await Eventually.BeTrueAsync(() => Volatile.Read(ref _statusCount) >= 2);

        await stopping.CancelAsync();
        await running;

        _statuses[1].LastError.Should().Be("the thing ended by itself");
    }

    [Test]
    public async Task RunAsync_PluginIgnoresTheStop_IsLeftBehind()
    {
        using var stopping = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var running = Supervisor().RunAsync((_, _) => never.Task, mayEnd: false, stopping.Token);

        await stopping.CancelAsync();

        await Eventually.BeTrueAsync(() => running.IsCompleted, _time, TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task RunAsync_PluginBlocksItsThread_DoesNotBlockTheCaller()
    {
        using var gate = new ManualResetEventSlim();

        var running = Supervisor().RunAsync((_, _) => Block(gate), mayEnd: true, default);
        var wasRunning = !running.IsCompleted;
        gate.Set();
        await running;

        wasRunning.Should().BeTrue();
    }

    [Test]
    public async Task RunAsync_PluginThrowsAndItsDisposalNeverEnds_IsMadeAnew()
    {
        var runs = 0;
        _disposal = new TaskCompletionSource().Task;
        var running = Supervisor().RunAsync((_, _) => ++runs < 2 ? throw new InvalidOperationException("broken") : Task.CompletedTask, mayEnd: true, default);

        await Eventually.BeTrueAsync(() => running.IsCompleted, _time, TimeSpan.FromSeconds(1));

        _made.Should().Be(2);
    }

    private static Task Block(ManualResetEventSlim gate)
    {
        gate.Wait();
        return Task.CompletedTask;
    }

    private PluginSupervisor<IAsyncDisposable> Supervisor() => new(
        "thing",
        new PluginSource<IAsyncDisposable>(_ =>
        {
            _made++;
            return (new Nothing(_disposal), null);
        }),
        new ServiceCollection().BuildServiceProvider(),
        _time,
        NullLogger.Instance,
        status =>
        {
            _statuses.Add(status);
            Interlocked.Increment(ref _statusCount);
        });

    private sealed class Nothing(Task disposal) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(disposal);
    }
}
