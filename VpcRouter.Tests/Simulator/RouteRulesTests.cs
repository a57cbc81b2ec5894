using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class RouteRulesTests
{
    private static readonly VpcModel Model = TestTopology.Small.Model;

    [TestCase("100.68.0.18/18", "100.68.0.0/18")]
    [TestCase("10.1.2.3/32", "10.1.2.3/32")]
    [TestCase("10.1.2.3/0", "0.0.0.0/0")]
    public void Ipv4_HostBitsSet_AreCleared(string written, string canonical) =>
        Destination.Ipv4(written).Text.Should().Be(canonical);

    [Test]
    public void Ipv6_HostBitsSet_AreCleared() => Destination.Ipv6("FD00:1:0::7/48").Text.Should().Be("fd00:1::/48");

    [TestCase("10.0.0.0")]
    [TestCase("10.0/16")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/-1")]
    [TestCase("fd00::/8")]
    [TestCase("x/8")]
    public void Ipv4_NoIpv4Cidr_IsInvalidParameterValue(string written) =>
        CodeOf(() => Destination.Ipv4(written)).Should().Be("InvalidParameterValue");

    [TestCase("rtb-9", "10.2.0.0/16", "eni-1", "InvalidRouteTableID.NotFound")]
    [TestCase("rtb-2", "10.2.0.0/16", "eni-9", "InvalidNetworkInterfaceID.NotFound")]
    [TestCase("rtb-2", "10.2.0.0/16", "i-9", "InvalidInstanceID.NotFound")]
    [TestCase("rtb-2", "10.2.0.0/16", "i-2", "InvalidInstanceID")]
    [TestCase("rtb-2", "10.2.0.0/16", "igw-9", "InvalidGatewayID.NotFound")]
    [TestCase("rtb-2", "10.2.0.0/16", "nat-9", "InvalidNatGatewayID.NotFound")]
    [TestCase("rtb-2", "10.2.0.0/16", "local", "InvalidParameterValue")]
    [TestCase("rtb-2", "10.2.0.0/16", "eigw-1", "InvalidParameterValue")]
    [TestCase("rtb-2", "10.1.0.0/16", "eni-2", "RouteAlreadyExists")]
    [TestCase("rtb-2", "127.9.0.0/16", "eni-2", "RouteAlreadyExists")]
    [TestCase("rtb-2", "pl-9", "eni-2", "InvalidPrefixListID.NotFound")]
    [TestCase("rtb-2", "127.9.1.0/25", "eni-2", "InvalidParameterValue")]
    [TestCase("rtb-2", "127.9.1.0/24", "igw-1", "InvalidParameterValue")]
    [TestCase("rtb-3", "10.2.0.0/16", "eni-2", "InvalidParameterValue")]
    [TestCase("rtb-3", "127.9.1.0/24", "nat-1", "InvalidParameterValue")]
    public void Create_AgainstTheRules_IsRefused(string table, string destination, string target, string code) =>
        CodeOf(() => Create(Model, table, destination, target)).Should().Be(code);

    [TestCase("rtb-2", "10.2.0.0/16", "eni-1")]
    [TestCase("rtb-2", "10.1.0.0/16", "eni-1")]
    [TestCase("rtb-2", "10.2.0.0/16", "i-1")]
    [TestCase("rtb-2", "fd01::/16", "eigw-1")]
    [TestCase("rtb-2", "127.9.1.0/24", "vpce-1")]
    [TestCase("rtb-2", "pl-1", "tgw-1")]
    [TestCase("rtb-3", "127.9.1.0/24", "eni-1")]
    public void Create_WithinTheRules_IsInTheTable(string table, string destination, string target) =>
        Create(Model, table, destination, target).RouteTables[table].Routes.Should().ContainKey(Destination.Parse(destination));

    [Test]
    public void Create_ByInstance_PointsAtItsInterface() =>
        Create(Model, "rtb-1", "10.2.0.0/16", "i-1").RouteTables["rtb-1"].Routes[Destination.Ipv4("10.2.0.0/16")]
            .Target.Should().Be(new RouteTarget(TargetKind.NetworkInterface, "eni-1"));

    [Test]
    public void Create_OverQuota_IsRouteLimitExceeded()
    {
        var full = Enumerable.Range(1, 7).Aggregate(Model, (m, i) => Create(m, "rtb-2", $"10.{i + 1}.0.0/16", "eni-1"));
        CodeOf(() => Create(full, "rtb-2", "10.200.0.0/16", "eni-1")).Should().Be("RouteLimitExceeded");
    }

    [Test]
    public void Create_PrefixListOverQuota_CountsItsMaximumEntries()
    {
        var withOne = Create(Model, "rtb-2", "10.2.0.0/16", "eni-1");
        CodeOf(() => Create(withOne, "rtb-2", "pl-1", "eni-1")).Should().Be("RouteLimitExceeded");
    }

    [Test]
    public void Create_Ipv6AtIpv4Quota_Succeeds()
    {
        var full = Create(Model, "rtb-2", "pl-1", "eni-1");
        FluentActions.Invoking(() => Create(full, "rtb-2", "fd01::/16", "eni-1")).Should().NotThrow();
    }

    [Test]
    public void Delete_PrefixListRoute_GivesTheQuotaBack()
    {
        var model = RouteRules.Delete(Create(Model, "rtb-2", "pl-1", "eni-1"), "rtb-2", Destination.PrefixList("pl-1"));
        FluentActions.Invoking(() => Create(model, "rtb-2", "pl-1", "eni-1")).Should().NotThrow();
    }

    [TestCase("10.9.0.0/16")]
    [TestCase("127.9.0.0/16")]
    [TestCase("172.30.0.0/16")]
    public void Replace_NoRouteOfOnesOwn_IsInvalidParameterValue(string destination) =>
        CodeOf(() => RouteRules.Replace(Model, "rtb-2", Destination.Ipv4(destination), new RouteTarget(TargetKind.NetworkInterface, "eni-2")))
            .Should().Be("InvalidParameterValue");

    [TestCase("10.9.0.0/16", "InvalidRoute.NotFound")]
    [TestCase("172.30.0.0/16", "InvalidRoute.NotFound")]
    [TestCase("127.9.0.0/16", "InvalidParameterValue")]
    public void Delete_NoRouteOfOnesOwn_IsRefused(string destination, string code) =>
        CodeOf(() => RouteRules.Delete(Model, "rtb-2", Destination.Ipv4(destination))).Should().Be(code);

    [TestCase("Running", false)]
    [TestCase("Stopping", false)]
    [TestCase("ShuttingDown", false)]
    [TestCase("Stopped", true)]
    [TestCase("Terminated", true)]
    public void IsBlackhole_FollowsTheInstance(string state, bool blackhole)
    {
        var model = InstanceRules.Enter(Model, "i-1", Enum.Parse<InstanceState>(state), DateTimeOffset.UnixEpoch);
        model.IsBlackhole(model.RouteTables["rtb-2"].Routes[Destination.Ipv4("10.1.0.0/16")]).Should().Be(blackhole);
    }

    private static VpcModel Create(VpcModel model, string table, string destination, string target) =>
        RouteRules.Create(model, table, Destination.Parse(destination), new RouteTarget(RouteTarget.KindOf(target)!.Value, target));

    private static string CodeOf(Func<object> action) => action.Should().Throw<Ec2Exception>().Which.Code;
}
