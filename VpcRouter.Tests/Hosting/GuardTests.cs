using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Support.HealthTimeline;

namespace VpcRouter.Tests.Hosting;

/// <summary>What the router does about guards and failback as time passes: R9, R17, R18, S5.</summary>
[CancelAfter(60_000)]
internal sealed class GuardTests
{
    private const string X = "10.1.0.0/16";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly RouteSpec Spec = TestSpec.Of(X, 1, 2, 3);
    private static readonly TestVpc Vpc = TestVpc.WithHosts(3).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));

    [Test]
    public async Task Router_NoHealthReportYet_ShowsTheGuard()
    {
        await using var host = new RouterHost(Vpc);

        await host.StartAsync();

        (Guard(host, "initial-health-timeout").IsActive, host.Readiness("guards").IsOk).Should().Be((true, false));
    }

    [Test]
    public async Task Router_FirstHealthReport_LiftsTheGuard()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        await Eventually.BeTrueAsync(() => host.Readiness("guards").IsOk);
    }

    [Test]
    public async Task Router_InitialHealthTimeoutPassed_LiftsTheGuard()
    {
        await using var host = new RouterHost(Vpc);
        await host.StartAsync();
        host.Specs.Writer.TryWrite(Spec);
        await Eventually.BeTrueAsync(() => host.Status.Spec is not null);

        await Eventually.BeTrueAsync(() => !Guard(host, "initial-health-timeout").IsActive, host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(At(10));
    }

    [Test]
    public async Task Router_EmptySpecRefused_ShowsTheGuardUntilAnother()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        host.Specs.Writer.TryWrite(RouteSpec.Empty);
        await Eventually.BeTrueAsync(() => Guard(host, "allow-empty-spec") is { IsActive: true } guard && guard.Message.Contains("--allow-empty-spec", StringComparison.Ordinal));

        host.Specs.Writer.TryWrite(Spec);

        await Eventually.BeTrueAsync(() => !Guard(host, "allow-empty-spec").IsActive);
    }

    [Test]
    public async Task Router_TooManyDeletions_DeletesNoneAndSaysSo()
    {
        await using var host = new RouterHost(Vpc, options => options.MaxDeletes = DeleteLimit.Parse("0"));
        await host.SettleAsync(Spec);
        using var events = host.Events.Subscribe(100);

        host.Specs.Writer.TryWrite(TestSpec.Of("10.9.0.0/16", 2));
        await Eventually.BeTrueAsync(() => Guard(host, "max-deletes").IsActive && host.Api.Done.Count == 1);
        await host.StopAsync();

        (host.Api.TargetOf("rtb-1", X), host.Readiness("guards").Message).Should().Be((RouteTarget.OfInterface("eni-1"), "max-deletes: " + host.Status.Plan!.HeldBack.Single().Message));
        Read(events).OfType<GuardEvent>().Select(happened => (happened.Guard.Name, happened.Guard.IsActive)).Should().Equal(("max-deletes", true));
    }

    [Test]
    public async Task Router_DeletionsHeldBack_IsNotInLine()
    {
        await using var host = new RouterHost(Vpc, options => options.MaxDeletes = DeleteLimit.Parse("0"));
        await host.SettleAsync(Spec);
        var gate = new TaskCompletionSource();
        host.Api.HoldWrite = _ => gate.Task;

        host.Specs.Writer.TryWrite(TestSpec.Of("10.9.0.0/16", 2));
        // From here on nothing goes by the old spec, with which the VPC is in line.
        await Eventually.BeTrueAsync(() => host.Api.Begun.Count == 1);
        host.Time.Advance(Second);
        gate.SetResult();
        await Eventually.BeTrueAsync(() => host.Api.Done.Count == 1 && host.Status.Plan is { IsEmpty: true, HoldsBack: true });
        await host.StopAsync();

        host.Status.LastInLineAt.Should().Be(At(0));
    }

    [Test]
    public async Task Router_SpecMendedAfterDeletionsWereHeldBack_LiftsTheGuard()
    {
        await using var host = new RouterHost(Vpc, options => options.MaxDeletes = DeleteLimit.Parse("0"));
        await host.SettleAsync(Spec);
        host.Specs.Writer.TryWrite(TestSpec.Of("10.9.0.0/16", 2));
        await Eventually.BeTrueAsync(() => Guard(host, "max-deletes").IsActive);

        host.Specs.Writer.TryWrite(TestSpec.Of(TestSpec.Entry(X, 1, 2), TestSpec.Entry("10.9.0.0/16", 2)));

        await Eventually.BeTrueAsync(() => !Guard(host, "max-deletes").IsActive);
    }

    [Test]
    public async Task Router_PanicThresholdOff_ShowsNoSuchGuard()
    {
        await using var host = new RouterHost(Vpc);

        await host.SettleAsync(Spec);

        host.Status.Guards.Should().NotContain(guard => guard.Name == "panic-threshold");
    }

    [Test]
    public async Task Router_TooManyHostsFailAtOnce_FailsOverOnlyWhenTheWindowHasPassed()
    {
        await using var host = new RouterHost(Vpc, options => (options.PanicThreshold, options.PanicWindow) = (new Percentage(50), TimeSpan.FromSeconds(20)));
        await host.SettleAsync(Spec);
        host.Reports.Writer.TryWrite(TestSpec.Failed(1, 2));
        await Eventually.BeTrueAsync(() => Guard(host, "panic-threshold").IsActive);
        var untouched = host.Api.Begun.IsEmpty;

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) == RouteTarget.OfInterface("eni-3"), host.Time, Second);

        (untouched, host.Time.GetUtcNow() >= At(20), Guard(host, "panic-threshold").IsActive).Should().Be((true, true, false));
    }

    [Test]
    public async Task Router_HostsBackBeforeThePanicIsOver_MovesNothing()
    {
        await using var host = new RouterHost(Vpc, options => options.PanicThreshold = new Percentage(50));
        await host.SettleAsync(Spec);
        host.Reports.Writer.TryWrite(TestSpec.Failed(1, 2));
        await Eventually.BeTrueAsync(() => Guard(host, "panic-threshold").IsActive);

        host.Reports.Writer.TryWrite(TestSpec.Failed());
        await Eventually.BeTrueAsync(() => !Guard(host, "panic-threshold").IsActive);
        await host.StopAsync();

        host.Api.Begun.Should().BeEmpty();
    }

    [Test]
    public async Task Router_FailbackFallsDue_ReturnsWithoutAnyNews()
    {
        var spec = TestSpec.Of(TestSpec.Entry(X, 1, 2) with { Select = RouterSelectionMode.Ordered, Failback = TimeSpan.FromSeconds(60) });
        await using var host = new RouterHost(TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-2")), options => options.RouteRecheckInterval = TimeSpan.Zero);
        await host.SettleAsync(spec);

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) == RouteTarget.OfInterface("eni-1"), host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(At(60));
    }

    private static GuardStatus Guard(RouterHost host, string name) => host.Status.Guards.Single(guard => guard.Name == name);

    private static IEnumerable<RouterEvent> Read(RouterEventSubscription events)
    {
        while (events.Events.TryRead(out var happened))
            yield return happened;
    }
}
