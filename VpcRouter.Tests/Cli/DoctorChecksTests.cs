using System.Net;
using System.Net.Sockets;
using VpcRouter.Cli.Doctor;
using VpcRouter.Cli.Doctor.Checks;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Cli;

/// <summary>The judgements that no simulated VPC on loopback can bring about.</summary>
internal sealed class DoctorChecksTests
{
    private static readonly DateTimeOffset Now = TestVpc.Start;
    private static readonly IPAddress[] Here = [IPAddress.Loopback, IPAddress.Parse("10.0.0.9")];
    private static readonly IPAddress Amazon = IPAddress.Parse("52.94.0.1");
    private static readonly IPAddress VpcEndpoint = IPAddress.Parse("10.0.0.200");

    [TestCase(0, FindingStatus.Ok)]
    [TestCase(60, FindingStatus.Ok)]
    [TestCase(61, FindingStatus.Warning)]
    [TestCase(-200, FindingStatus.Warning)]
    [TestCase(301, FindingStatus.Failed)]
    [TestCase(-4000, FindingStatus.Failed)]
    public void Clock_Skewed_IsJudgedByWhatEc2Takes(int seconds, FindingStatus status) =>
        ClockCheck.Judge(Answer(Now.AddSeconds(-seconds))).Status.Should().Be(status);

    [Test]
    public void Clock_EndpointSaysNothing_IsNotApplicable() => ClockCheck.Judge(Answer(null)).Status.Should().Be(FindingStatus.NotApplicable);

    [TestCase(SocketError.Success, SocketError.AccessDenied, FindingStatus.Ok, "raw")]
    [TestCase(SocketError.AccessDenied, SocketError.Success, FindingStatus.Ok, "datagram")]
    [TestCase(SocketError.AccessDenied, SocketError.AccessDenied, FindingStatus.Failed, "not permitted")]
    [TestCase(SocketError.AddressFamilyNotSupported, SocketError.AddressFamilyNotSupported, FindingStatus.Failed, "can't be had")]
    public void Icmp_Sockets_AreJudged(SocketError raw, SocketError datagram, FindingStatus status, string word)
    {
        var finding = IcmpCheck.Judge(AddressFamily.InterNetwork, (_, type) => type == SocketType.Raw ? raw : datagram);

        finding.Status.Should().Be(status);
        finding.Message.Should().Contain(word);
    }

    [Test]
    public void Journal_NoneKept_IsNotApplicable() => JournalCheck.Find(null).Status.Should().Be(FindingStatus.NotApplicable);

    [Test]
    public void Journal_NotThereYet_IsFineAndStaysAway()
    {
        using var folder = new TemporaryFolder();

        JournalCheck.Find(folder["journal"]).Status.Should().Be(FindingStatus.Ok);
        File.Exists(folder["journal"]).Should().BeFalse();
    }

    [Test]
    public void Journal_AlreadyThere_IsFineAndStaysAsItIs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("journal", "{}\n");

        JournalCheck.Find(folder["journal"]).Status.Should().Be(FindingStatus.Ok);
        File.ReadAllText(folder["journal"]).Should().Be("{}\n");
    }

    [TestCase("missing/journal")]
    [TestCase(".")]
    public void Journal_CannotBeWritten_NamesTheRemedy(string name)
    {
        using var folder = new TemporaryFolder();

        var finding = JournalCheck.Find(folder[name]);

        finding.Status.Should().Be(FindingStatus.Failed);
        finding.Remedy.Should().Contain("--journal");
    }

    // The spec, the table's routes, where EC2 is, and what that means.
    [Test]
    public void Path_ThroughAManagedDefaultRoute_Fails() =>
        Path(TestSpec.Of("0.0.0.0/0", 1), [TestVpc.Via("0.0.0.0/0", "eni-1")], Amazon).Should().Be(FindingStatus.Failed);

    [Test]
    public void Path_DefaultRouteIsAboutToBeManaged_Fails() =>
        Path(TestSpec.Of("0.0.0.0/0", 1), [], Amazon).Should().Be(FindingStatus.Failed);

    [Test]
    public void Path_ThroughAGateway_IsFine() =>
        Path(TestSpec.Of("10.1.0.0/16", 1), [TestVpc.To("0.0.0.0/0", new RouteTarget(RouteTargetKind.InternetGateway, "igw-1"))], Amazon).Should().Be(FindingStatus.Ok);

    [Test]
    public void Path_ToAnEndpointInTheVpc_TakesTheLocalRoute() =>
        Path(TestSpec.Of("0.0.0.0/0", 1), [TestVpc.Via("0.0.0.0/0", "eni-1"), Local("10.0.0.0/16")], VpcEndpoint).Should().Be(FindingStatus.Ok);

    [Test]
    public void Path_MoreSpecificForeignRoute_GoesBeforeAManagedOne() =>
        Path(TestSpec.Of("0.0.0.0/0", 1), [TestVpc.Via("0.0.0.0/0", "eni-1"), TestVpc.To("52.94.0.0/16", new RouteTarget(RouteTargetKind.NatGateway, "nat-1"))], Amazon).Should().Be(FindingStatus.Ok);

    [Test]
    public void Path_DestinationIgnored_IsNotManaged() =>
        Path(TestSpec.Of("0.0.0.0/0", 1), [TestVpc.Via("0.0.0.0/0", "eni-1")], Amazon, new RoutePolicy { IgnoreRoutes = CidrList.Parse("0.0.0.0/0", null) }).Should().Be(FindingStatus.Ok);

    [Test]
    public void Path_FromOutsideTheVpc_IsNotApplicable() =>
        PathCheck.Judge(Vpc([]), TestSpec.Of("0.0.0.0/0", 1), new RoutePolicy(), [IPAddress.Loopback], [Amazon]).Should().ContainSingle().Which.Status.Should().Be(FindingStatus.NotApplicable);

    [TestCase(450, FindingStatus.Ok)]
    [TestCase(451, FindingStatus.Warning)]
    [TestCase(500, FindingStatus.Warning)]
    [TestCase(501, FindingStatus.Failed)]
    public void Quota_NearlyFull_Warns(int routes, FindingStatus status)
    {
        var destinations = Enumerable.Range(0, routes).Select(i => RouteDestination.Parse($"10.{i / 250}.{i % 250}.0/24")).ToList();

        (QuotaCheck.Judge("rtb-1", destinations, new Dictionary<string, int>(), 500)?.Status ?? FindingStatus.Ok).Should().Be(status);
    }

    [Test]
    public void Quota_PrefixLists_CountWithTheirMaximumAndFamiliesApart()
    {
        var destinations = new[] { "10.1.0.0/16", "2001:db8::/32", "pl-1" }.Select(text => RouteDestination.Parse(text)).ToList();
        var sizes = new Dictionary<string, int> { ["pl-1"] = 9 };

        QuotaCheck.Judge("rtb-1", destinations, sizes, 12).Should().BeNull();
        QuotaCheck.Judge("rtb-1", destinations, sizes, 9)!.Message.Should().Contain("will hold 10 routes");
    }

    [Test]
    public void Hosts_OneOfTwoMissing_OnlyWarns()
    {
        HostsCheck.Judge(TestSpec.Of("10.1.0.0/16", 1, 7), Vpc([])).Should().ContainSingle().Which.Status.Should().Be(FindingStatus.Warning);
        HostsCheck.Judge(TestSpec.Of("10.1.0.0/16", 7), Vpc([])).Should().ContainSingle().Which.Status.Should().Be(FindingStatus.Failed);
    }

    private static EndpointAnswer Answer(DateTimeOffset? date) => new(new Uri("http://127.0.0.1"), [], date, Now, null);

    private static Route Local(string cidr) => new(RouteDestination.Parse(cidr), new RouteTarget(RouteTargetKind.Local, "local"), RouteState.Active, IsCreated: false);

    private static VpcSnapshot Vpc(Route[] routes) => TestVpc.WithHosts(1).WithInterface("eni-9", "a", "10.0.0.9").WithTable("rtb-1", routes).Snapshot();

    private static FindingStatus Path(RouteSpec spec, Route[] routes, IPAddress endpoint, RoutePolicy? policy = null) =>
        PathCheck.Judge(Vpc(routes), spec, policy ?? new RoutePolicy(), Here, [endpoint]).Should().ContainSingle().Subject.Status;
}
