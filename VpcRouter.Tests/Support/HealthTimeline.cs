using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Support;

/// <summary>Builds health histories second by second, from <see cref="TestVpc.Start"/> on.</summary>
internal static class HealthTimeline
{
    public static DateTimeOffset At(double second) => TestVpc.Start.AddSeconds(second);

    /// <summary>The hosts came at second 0 with a report in which nobody has failed.</summary>
    public static HealthHistory Begin(RouteSpec spec) => HealthHistory.Empty.WithHosts(spec.Hosts, TestVpc.Start).Then(0);

    /// <summary>At a second the monitor says which hosts have failed; all others are healthy.</summary>
    public static HealthHistory Then(this HealthHistory history, double second, params int[] failed) =>
        history.WithReport(new HealthReport(failed.Select(TestSpec.Host), [], At(second), "test"));

    public static HealthHistory ThenQuestionable(this HealthHistory history, double second, params int[] questionable) =>
        history.WithReport(new HealthReport([], questionable.Select(TestSpec.Host), At(second), "test"));
}
