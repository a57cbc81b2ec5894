using VpcRouter.Health;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Probing;

/// <summary>A monitor that throws in the middle of a round: restarted, nothing forgotten.</summary>
[CancelAfter(300_000)]
internal sealed class MonitorRestartTests
{
    private const string X = "10.8.0.0/16";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly List<FakeEngine> _engines = [];

    [Test]
    public async Task Router_MonitorThrowsInTheMiddleOfARound_IsRestartedAndForgetsNothing()
    {
        await using var host = new RouterHost(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1")), monitor: Make);
        await host.StartAsync();
        host.Specs.Writer.TryWrite(TestSpec.Of(X, 1, 2));
        await UntilAsync(host, () => host.Status.Health is not null);
        _engines[0].Silent["10.0.0.1"] = true;
        await UntilAsync(host, () => host.Api.TargetOf("rtb-1", X) == RouteTarget.OfInterface("eni-2"));
        var verdict = host.Status.Health!;

        // One of the two hosts of the round is still probed, the other isn't.
        _engines[0].BreakAfter(1);
        await UntilAsync(host, () => !host.Status.Monitor.IsUp);

        host.Status.Monitor.LastError.Should().Be("the engine broke");
        host.Readiness("monitor").IsOk.Should().BeFalse();
        _engines[0].IsDisposed.Should().BeTrue();
        host.Status.Health.Should().BeSameAs(verdict, "the last report stays in force");

        // The new one can't decide yet, and therefore says nothing.
        await UntilAsync(host, () => host.Status.Monitor.IsUp);
        host.Status.Health.Should().BeSameAs(verdict);
        host.Api.TargetOf("rtb-1", X).Should().Be(RouteTarget.OfInterface("eni-2"));

        _engines[1].Release();
        await UntilAsync(host, () => host.Status.Health != verdict);

        host.Status.Health!.StateOf(TestSpec.Host(1)).Should().Be(HealthState.Failed, "host 1 is still silent");
        host.Readiness("monitor").IsOk.Should().BeTrue();
        host.Api.TargetOf("rtb-1", X).Should().Be(RouteTarget.OfInterface("eni-2"));
    }

    private EngineMonitor Make(TimeProvider time)
    {
        var engine = new FakeEngine(time) { HoldsBack = _engines.Count > 0 };
        if (_engines.Count > 0)
            engine.Silent["10.0.0.1"] = true;
        _engines.Add(engine);
        return new EngineMonitor(engine, TimeSpan.FromSeconds(1), time);
    }

    private static Task UntilAsync(RouterHost host, Func<bool> condition) => Eventually.BeTrueAsync(condition, host.Time, Step);
}
