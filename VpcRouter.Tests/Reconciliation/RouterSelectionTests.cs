using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Reconciliation;

public sealed class RouterSelectionTests
{
    private static readonly int[] TenHosts = [.. Enumerable.Range(1, 10)];

    // Replicas of different versions must choose alike: these values may never change.
    [TestCase("10.1.0.0/16", "10.0.0.1", 6502099978834038038UL)]
    [TestCase("10.1.0.0/17", "10.0.0.1", 1139315242934045613UL)]
    [TestCase("0.0.0.0/0", "10.33.20.142", 11601713822736141929UL)]
    [TestCase("2001:db8::/32", "10.0.0.1", 6930119963485600347UL)]
    [TestCase("2001:db8::/32", "2001:db8::1", 14575543692810626120UL)]
    [TestCase("pl-0123abcd", "10.0.0.1", 13489647489651759582UL)]
    [TestCase("10.1.0.0/16", "10.0.0.1", 17313771090563247061UL, 42UL)]
    public void Rank_FixedInput_NeverChanges(string destination, string host, ulong expected, ulong salt = 0) =>
        RouterSelection.Rank(RouteDestination.Parse(destination), System.Net.IPAddress.Parse(host), salt).Should().Be(expected);

    [TestCase("10.1.0.0/16", 9)]
    [TestCase("10.2.0.0/16", 3)]
    [TestCase("10.3.0.0/16", 8)]
    [TestCase("0.0.0.0/0", 6)]
    [TestCase("pl-0123abcd", 3)]
    public void Select_FixedDestinationAmongTen_NeverChanges(string destination, int expected) =>
        Routers([destination], TenHosts).Values.Should().Equal($"eni-{expected}");

    [Test]
    public void Spread_TenThousandDestinationsOnTenHosts_IsWithinAFifthOfEven() =>
        Routers(Many(10_000), TenHosts).Values.CountBy(router => router).Select(count => count.Value).Should().HaveCount(10).And.OnlyContain(count => count > 800 && count < 1200);

    [Test]
    public void Spread_OneHostLost_MovesOnlyItsRoutes()
    {
        var before = Routers(Many(1000), TenHosts);
        var after = Routers(Many(1000), [.. TenHosts.Where(host => host != 4)]);

        before.Where(route => route.Value != "eni-4").Should().OnlyContain(route => after[route.Key] == route.Value);
    }

    [Test]
    public void Spread_HostsInAnotherOrder_ChoosesAlike() =>
        Routers(Many(100), [.. TenHosts.Reverse()]).Should().Equal(Routers(Many(100), TenHosts));

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"10.{i / 250}.{i % 250}.0/24")];

    private static Dictionary<string, string> Routers(string[] destinations, int[] hosts) =>
        RoutePlanner.Plan(
                TestSpec.Of([.. destinations.Select(destination => TestSpec.Entry(destination, hosts))]),
                HealthReport.AllHealthy,
                TestVpc.WithHosts(10).WithTable("rtb-1").Snapshot(),
                new RoutePolicy())
            .Changes.ToDictionary(change => change.Destination.ToString(), change => change.To!.Value.Id);
}
