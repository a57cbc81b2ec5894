using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Hosting.Metrics;
using VpcRouter.Reconciliation;
using VpcRouter.Tests.Support;
using VpcRouter.Tests.Watchers;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Hosting;

[CancelAfter(60_000)]
public sealed class VpcObserverTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    [Test]
    public async Task RunAsync_EveryOtherLookFails_IsToldOnceInTenMinutes()
    {
        var time = new FakeTimeProvider(TestVpc.Start);
        var log = new RecordingLogger<VpcObserverTests>();
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), time);
        api.FailLook = () => api.Looks % 2 == 0 ? InMemoryVpc.Error(VpcApiErrorKind.Unavailable) : null;
        using var stopping = new CancellationTokenSource();
        var running = ObserveAsync(api, time, log, stopping.Token);

        await Eventually.BeTrueAsync(() => api.Looks >= 30, time, Second);
        await stopping.CancelAsync();
        await running;

        // How far the clock was moved until all looks were done depends on the machine.
        var most = 1 + (int)((time.GetUtcNow() - TestVpc.Start) / TimeSpan.FromMinutes(10));
        log.Lines.Count(line => line.Contains("can't be looked at", StringComparison.Ordinal)).Should().BeInRange(1, most);
        log.Lines.Count(line => line.Contains("looked at again", StringComparison.Ordinal)).Should().BeInRange(1, most);
    }

    // The AWS SDK lets a refused connection surface when it is cancelled between two tries. Whoever stops doesn't care.
    [Test]
    public async Task RunAsync_LookFailsWhileItIsStopped_EndsQuietly()
    {
        var time = new FakeTimeProvider(TestVpc.Start);
        var log = new RecordingLogger<VpcObserverTests>();
        using var stopping = new CancellationTokenSource();
        var api = new InMemoryVpc(TestVpc.WithHosts(1).WithTable("rtb-1").Snapshot(), time)
        {
            FailLook = () =>
            {
                stopping.Cancel();
                return new HttpRequestException("connection refused");
            },
        };

        await ObserveAsync(api, time, log, stopping.Token);

        log.Lines.Should().BeEmpty();
    }

    private static async Task ObserveAsync(InMemoryVpc api, FakeTimeProvider time, RecordingLogger<VpcObserverTests> log, CancellationToken stopping)
    {
        using var reconciler = new RouteReconciler(api, new RoutePolicy(), time: time);
        var options = Options.Create(new VpcRouterOptions());
        var (state, events) = (new RouterState(time, options), new RouterEvents());
        using var journal = new RouteJournal(options, state, events, time, NullLogger<RouteJournal>.Instance);
        using var meters = new OwnMeters();
        using var metrics = new RouterMetrics(state, events, journal, time, meters);
        using var observer = new VpcObserver(reconciler, state, Recheck, time, log, metrics, () => { });
        await observer.RunAsync(stopping);
    }
}
