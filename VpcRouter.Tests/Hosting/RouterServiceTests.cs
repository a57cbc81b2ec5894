using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Hosting;

[CancelAfter(60_000)]
public sealed class RouterServiceTests
{
    private const string X = "10.1.0.0/16";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly RouteSpec Spec = TestSpec.Of(X, 1, 2);
    private static readonly TestVpc Vpc = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via(X, "eni-1"));
    private static readonly TestVpc Bare = TestVpc.WithHosts(2).WithTable("rtb-1");

    [Test]
    public async Task Router_NoHealthReportYet_WritesNothing()
    {
        await using var host = new RouterHost(Bare);
        await host.StartAsync();
        host.Specs.Writer.TryWrite(Spec);
        await Eventually.BeTrueAsync(() => host.Status.Spec is not null && host.Status.Snapshot is not null);

        host.Time.Advance(TimeSpan.FromSeconds(9));
        await host.StopAsync();

        host.Api.Begun.Should().BeEmpty();
    }

    [Test]
    public async Task Router_InitialHealthTimeoutPassed_Writes()
    {
        await using var host = new RouterHost(Bare);
        await host.StartAsync();
        host.Specs.Writer.TryWrite(Spec);
        await Eventually.BeTrueAsync(() => host.Status.Spec is not null && host.Status.Snapshot is not null);

        await Eventually.BeTrueAsync(() => host.Api.Done.Count == 1, host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(TestVpc.Start.AddSeconds(10));
    }

    [Test]
    public async Task Router_FirstHealthReport_Writes()
    {
        await using var host = new RouterHost(Bare);

        await host.SettleAsync(Spec, TestSpec.Failed(1));

        host.Api.Done.Should().Equal(VpcWrite.Of(VpcAction.Create, "rtb-1", X, "eni-2"));
    }

    [Test]
    public async Task Router_NewSpec_TakesThePlaceOfTheOld()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        host.Specs.Writer.TryWrite(TestSpec.Of("10.9.0.0/16", 2));
        await Eventually.BeTrueAsync(() => host.Api.Done.Count == 2);

        (host.Api.TargetOf("rtb-1", X), host.Api.TargetOf("rtb-1", "10.9.0.0/16")).Should().Be((null, RouteTarget.OfInterface("eni-2")));
    }

    [Test]
    public async Task Router_SpecsComeAndGo_ForgetsWhatBecameOfTheRoutesOfEarlierOnes()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        for (var i = 1; i <= 4; i++)
        {
            host.Specs.Writer.TryWrite(TestSpec.Of($"10.9.{i}.0/24", 2));
            // An answer that is only counted when the next spec is there belongs to that one.
            await Eventually.BeTrueAsync(() => KindOf($"10.9.{i}.0/24") == RouteChangeKind.Create && KindOf(i == 1 ? X : $"10.9.{i - 1}.0/24") == RouteChangeKind.Delete && host.Status.Plan is { IsEmpty: true });
        }

        host.Status.Outcomes.Keys.Select(key => $"{key.Destination}").Should().BeEquivalentTo("10.9.3.0/24", "10.9.4.0/24");

        RouteChangeKind? KindOf(string destination) => host.Status.Outcomes.GetValueOrDefault(("rtb-1", RouteDestination.Parse(destination)))?.Change.Kind;
    }

    [Test]
    public async Task Router_NewSpec_GivesTheMonitorItsHosts()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        await Eventually.BeTrueAsync(() => host.Hosts is not null);

        host.Hosts.Should().Equal(Spec.Hosts);
    }

    [Test]
    public async Task Router_SameSpecAgain_LooksNotAgain()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        await Eventually.BeTrueAsync(() => host.Api.Looks >= 1);
        var received = host.Status.SpecReceivedAt;
        host.Time.Advance(Second);
        var looks = host.Api.Looks;

        host.Specs.Writer.TryWrite(TestSpec.Of(X, 1, 2));
        await Eventually.BeTrueAsync(() => host.Status.SpecReceivedAt > received);
        await host.StopAsync();

        host.Api.Looks.Should().BeLessThanOrEqualTo(looks + 1, "one look may still have been due from before");
    }

    [Test]
    public async Task Router_EmptySpec_IsRefused()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        host.Specs.Writer.TryWrite(RouteSpec.Empty);
        host.Specs.Writer.TryWrite(TestSpec.Of(X, 2));
        await Eventually.BeTrueAsync(() => host.Status.Spec!.Hosts.Count == 1);

        host.Api.Done.Should().NotContain(write => write.Action == VpcAction.Delete);
    }

    [Test]
    public async Task Router_EmptySpecAllowed_DeletesWhatWasManaged()
    {
        await using var host = new RouterHost(Vpc, options => options.AllowEmptySpec = true);
        await host.SettleAsync(Spec);

        host.Specs.Writer.TryWrite(RouteSpec.Empty);

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) is null);
    }

    [Test]
    public async Task Router_HostFailsWhileALookHangs_FailsOver()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        var never = new TaskCompletionSource();
        host.Api.HoldLook = () => never.Task;

        host.Reports.Writer.TryWrite(TestSpec.Failed(1));

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) == RouteTarget.OfInterface("eni-2"));
    }

    [Test]
    public async Task Router_RouteDeletedBehindItsBack_IsRepairedAtTheRecheck()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        host.Api.Become(Bare.Snapshot());

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) is not null, host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(TestVpc.Start.AddSeconds(1));
    }

    [Test]
    public async Task Router_RecheckIntervalZero_NeverLooksByItself()
    {
        await using var host = new RouterHost(Vpc, options => options.RouteRecheckInterval = TimeSpan.Zero);
        await host.SettleAsync(Spec);
        host.Api.Become(Bare.Snapshot());

        for (var i = 0; i < 100; i++)
            host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.StopAsync();

        host.Api.Begun.Should().BeEmpty();
    }

    [Test]
    public async Task Router_LooksFail_SaysSo()
    {
        await using var host = new RouterHost(Vpc);
        host.Api.FailLook = () => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized);
        await host.StartAsync();

        await Eventually.BeTrueAsync(() => host.Status.LookError is not null);

        host.Readiness("vpc").Message.Should().StartWith("Unauthorized");
    }

    [Test]
    public async Task Router_LooksFailAndRecover_GoesOn()
    {
        await using var host = new RouterHost(Vpc);
        var failures = 0;
        host.Api.FailLook = () => ++failures <= 5 ? InMemoryVpc.Error(VpcApiErrorKind.Unavailable) : null;
        await host.StartAsync();

        await Eventually.BeTrueAsync(() => host.Readiness("vpc").IsOk, host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(TestVpc.Start.AddSeconds(1 + 2 + 4 + 8 + 16));
    }

    [Test]
    public async Task Router_DryRun_WritesNothing()
    {
        await using var host = new RouterHost(Bare, options => options.DryRun = true);
        await host.StartAsync();
        host.Specs.Writer.TryWrite(Spec);
        host.Reports.Writer.TryWrite(TestSpec.Failed());

        await Eventually.BeTrueAsync(() => host.Status.Plan is { IsEmpty: false });

        host.Api.Begun.Should().BeEmpty();
    }

    [Test]
    public async Task Router_MonitorThrows_LastReportStaysAndReadinessSaysSo()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec, TestSpec.Failed(2));

        host.Reports.Writer.TryWrite(new HealthReport([], [], TestVpc.Start, "throw"));
        await Eventually.BeTrueAsync(() => !host.Status.Monitor.IsUp);

        (host.Readiness("monitor").Message, host.Status.Health!.Failed.Count).Should().Be(("monitor broke", 1));
    }

    [Test]
    public async Task Router_PluginCanNotDoItsWork_ReadinessSaysSoUntilItCan()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        host.PluginProblem = () => "no link";
        (host.Readiness("monitor").IsOk, host.Readiness("monitor").Message).Should().Be((false, "no link"));
        host.PluginProblem = () => throw new InvalidOperationException("broken too");
        host.Readiness("monitor").Message.Should().Contain("broken too");
        host.PluginProblem = () => null;

        host.Readiness("monitor").IsOk.Should().BeTrue();
    }

    [Test]
    public async Task Router_MonitorThrows_IsStartedAgain()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        host.Reports.Writer.TryWrite(new HealthReport([], [], TestVpc.Start, "throw"));
        await Eventually.BeTrueAsync(() => !host.Status.Monitor.IsUp);

        host.Reports.Writer.TryWrite(TestSpec.Failed(1));

        await Eventually.BeTrueAsync(() => host.Api.TargetOf("rtb-1", X) == RouteTarget.OfInterface("eni-2"), host.Time, Second);
    }

    [Test]
    public async Task Router_MonitorWritesNull_IsStartedAgain()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);

        host.Reports.Writer.TryWrite(null!);

        await Eventually.BeTrueAsync(() => !host.Status.Monitor.IsUp);
    }

    [Test]
    public async Task Router_WriteFails_IsTriedAgainWithBackoff()
    {
        await using var host = new RouterHost(Bare);
        var failures = 0;
        host.Api.FailWrite = _ => ++failures <= 3 ? InMemoryVpc.Error(VpcApiErrorKind.Unavailable) : null;
        await host.StartAsync();
        host.Specs.Writer.TryWrite(Spec);
        host.Reports.Writer.TryWrite(TestSpec.Failed());

        await Eventually.BeTrueAsync(() => host.Api.Done.Count == 1, host.Time, Second);

        host.Time.GetUtcNow().Should().BeOnOrAfter(TestVpc.Start.AddSeconds(1 + 2 + 4));
    }

    [Test]
    public async Task StopAsync_WriteUnderWay_WaitsForItAndBeginsNoOther()
    {
        await using var host = new RouterHost(Vpc);
        await host.SettleAsync(Spec);
        var gate = new TaskCompletionSource();
        host.Api.HoldWrite = _ => gate.Task;
        host.Reports.Writer.TryWrite(TestSpec.Failed(1));
        await Eventually.BeTrueAsync(() => host.Api.Begun.Count == 1);

        var stopping = host.StopAsync();
        var waited = !stopping.IsCompleted;
        gate.SetResult();
        await stopping;

        (waited, host.Api.Done.Count).Should().Be((true, 1));
    }

    [Test]
    public async Task StartAsync_OptionsWrong_ThrowsEveryError()
    {
        await using var host = new RouterHost(Vpc, options => (options.VpcId, options.RouteRecheckInterval) = ("nonsense", Second));

        (await host.Awaiting(h => h.StartAsync()).Should().ThrowAsync<SettingsException>()).Which.Errors.Should().HaveCount(2);
    }
}
