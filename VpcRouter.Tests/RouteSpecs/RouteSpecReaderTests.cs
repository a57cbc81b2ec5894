using System.Net;
using System.Text;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.RouteSpecs;

public class RouteSpecReaderTests
{
    [Test]
    public void Read_OriginalFormat_KeepsOrderOfHosts()
    {
        var spec = Accepted("""{"10.66.17.0/24": ["10.33.30.22", "10.33.20.93"], "pl-0123abcd": ["fd00::1"]}""");

        spec.Entries.Select(entry => entry.Destination.ToString()).Should().Equal("10.66.17.0/24", "pl-0123abcd");
        spec.Entries[0].Hosts.Should().Equal(IPAddress.Parse("10.33.30.22"), IPAddress.Parse("10.33.20.93"));
    }

    [Test]
    public void Read_FullEntry_TakesEveryProperty()
    {
        var entry = Accepted("""
            {"0.0.0.0/0": {"hosts": ["10.0.1.10"], "select": "zone", "failback": "60s", "fallback": "nat-0a1b2c", "route_tables": ["rtb-1", "rtb-2", "rtb-1"]}}
            """).Entries.Single();

        entry.Select.Should().Be(RouterSelectionMode.Zone);
        entry.Failback.Should().Be(TimeSpan.FromMinutes(1));
        entry.Fallback.Should().Be(new RouteTarget(RouteTargetKind.NatGateway, "nat-0a1b2c"));
        entry.RouteTables.Should().Equal("rtb-1", "rtb-2");
    }

    [Test]
    public void Read_DuplicateHosts_KeepsTheFirst() =>
        Accepted("""{"10.0.0.0/8": ["10.0.0.2", "10.0.0.1", "10.0.0.2", "::ffff:10.0.0.1"]}""").Entries.Single().Hosts
            .Should().Equal(IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.1"));

    [Test]
    public void Read_HostBitsSet_CanonicalisesWithWarning()
    {
        var result = Read("""{"10.1.2.3/8": ["10.0.0.1"]}""");

        result.Spec!.Entries.Single().Destination.ToString().Should().Be("10.0.0.0/8");
        result.Warnings.Should().ContainSingle().Which.Path.Should().Be("$['10.1.2.3/8']");
    }

    [Test]
    public void Read_HostOfOtherFamily_Accepts() => Accepted("""{"2001:db8::/32": ["10.0.0.1", "fd00::1"]}""").Hosts.Should().HaveCount(2);

    [Test]
    public void Read_NoHosts_AcceptsWithWarning() => Read("""{"10.0.0.0/8": []}""").Warnings.Should().ContainSingle();

    [TestCase("spread", "1m", 1)]
    [TestCase("random", "1m", 1)]
    [TestCase("ordered", "1m", 0)]
    [TestCase("zone", "1m", 0)]
    [TestCase("spread", "never", 0)]
    public void Read_FailbackWithASelectionThatPrefersNobody_AcceptsWithWarning(string select, string failback, int warnings)
    {
        var result = Read($$"""{"10.0.0.0/8": {"failback": "{{failback}}", "hosts": ["10.0.0.1"], "select": "{{select}}" } }""");

        result.IsAccepted.Should().BeTrue();
        result.Warnings.Should().HaveCount(warnings);
        result.Warnings.Count(warning => warning.Path == "$['10.0.0.0/8'].failback" && warning.ToString().Contains($"no effect with select {select}")).Should().Be(warnings);
    }

    [Test]
    public void Read_ByteOrderMark_PassesOverIt() =>
        new RouteSpecReader().Read((byte[])[0xEF, 0xBB, 0xBF, .. """{"10.0.0.0/8": ["10.0.0.1"]}"""u8]).IsAccepted.Should().BeTrue();

    [Test]
    public void Read_EscapedKey_ReadsItsMeaning() => Accepted("""{"10.0.0.0\/8": {"h\u006fsts": ["10.0.0.\u0031"]}}""").Hosts.Should().ContainSingle();

    [Test]
    public void Read_EmptySpecThatIsAllowed_Accepts() =>
        new RouteSpecReader(new RouteSpecReaderOptions { AllowEmptySpec = true }).Read("{}"u8.ToArray()).Spec!.IsEmpty.Should().BeTrue();

    [Test]
    public void Read_HundredThousandDestinations_ReadsThemAll()
    {
        var document = new StringBuilder("{");
        for (var i = 0; i < 100_000; i++)
            document.Append(i == 0 ? "" : ",").Append($"\"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}/32\": [\"172.16.0.1\", \"172.16.0.2\", \"172.16.{i >> 8 & 255}.3\"]");

        var spec = Accepted(document.Append('}').ToString());

        spec.Entries.Should().HaveCount(100_000);
        spec.TryGetEntry(RouteDestination.Parse("10.1.134.159/32"), out var last).Should().BeTrue();
        last!.Hosts.Should().HaveCount(3);
    }

    private static RouteSpec Accepted(string document)
    {
        var result = Read(document);
        result.Errors.Should().BeEmpty();
        return result.Spec!;
    }

    private static RouteSpecReadResult Read(string document) => new RouteSpecReader().Read(Encoding.UTF8.GetBytes(document));
}
