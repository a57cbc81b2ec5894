using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Health;

internal sealed class HealthHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress A = IPAddress.Parse("10.0.1.10");
    private static readonly IPAddress B = IPAddress.Parse("10.0.2.10");

    [Test]
    public void Since_HostNotInTheList_IsNull() => HealthHistory.Empty.WithReport(Failed(1, A)).Since(A).Should().BeNull();

    [Test]
    public void WithReport_HostChanges_SinceIsTheVerdict()
    {
        var history = HealthHistory.Empty.WithHosts(new HostList([A, B]), Start).WithReport(Failed(5, A));

        history.Since(A).Should().Be(At(5));
        history.Since(B).Should().Be(Start);
    }

    [Test]
    public void WithReport_AnotherHostChanges_SinceStays()
    {
        var history = HealthHistory.Empty.WithHosts(new HostList([A, B]), Start).WithReport(Failed(5, A)).WithReport(Failed(9, A, B));

        history.Since(A).Should().Be(At(5));
        history.Since(B).Should().Be(At(9));
    }

    [Test]
    public void WithReport_HostRecovers_SinceIsItsRecovery() =>
        HealthHistory.Empty.WithHosts(new HostList([A]), Start).WithReport(Failed(5, A)).WithReport(Failed(20)).Since(A).Should().Be(At(20));

    [Test]
    public void WithReport_FailedBecomesQuestionable_IsAChange() =>
        HealthHistory.Empty.WithHosts(new HostList([A]), Start).WithReport(Failed(5, A)).WithReport(new HealthReport([], [A], At(7), "test")).Since(A).Should().Be(At(7));

    [Test]
    public void WithHosts_HostRemovedAndAddedAgain_CountsFromTheAddition()
    {
        var history = HealthHistory.Empty.WithHosts(new HostList([A, B]), Start).WithHosts(new HostList([B]), At(3)).WithHosts(new HostList([A, B]), At(8));

        history.Since(A).Should().Be(At(8));
        history.Since(B).Should().Be(Start);
    }

    private static HealthReport Failed(int seconds, params IPAddress[] hosts) => new(hosts, [], At(seconds), "test");

    private static DateTimeOffset At(int seconds) => Start + TimeSpan.FromSeconds(seconds);
}
