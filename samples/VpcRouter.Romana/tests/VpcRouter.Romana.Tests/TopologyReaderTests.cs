using System.Net;
using System.Text;
using VpcRouter.Romana.Topology;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana.Tests;

internal sealed class TopologyReaderTests
{
    private const string RealisticTopology = """
        {
          "networks": {
            "vpcNet": {
              "name": "vpcNet", "cidr": "10.112.0.0/12", "block_mask": 29, "blacked_out": [], "Revision": 3,
              "host_groups": {
                "name": "/", "routing": "", "hosts": null, "cidr": "10.112.0.0/12", "assignment": {}, "blocks": [], "reusable_blocks": [],
                "groups": [
                  { "name": "us-west-2a", "hosts": null, "cidr": "10.112.0.0/13", "routing": "block-host-routes", "groups": [
                    { "name": "rack-1", "groups": null, "cidr": "10.112.0.0/14", "routing": "prefix-on-host",
                      "hosts": [
                        { "name": "ip-192-168-99-10", "ip": "192.168.99.10", "agent_port": 9604, "tags": { "rack": "1" } },
                        { "name": "ip-192-168-99-11", "ip": "192.168.99.11", "agent_port": 9604, "tags": null }
                      ],
                      "block_to_owner": { "0": "tenant1:" }, "owner_to_block": { "tenant1:": [0] }, "block_to_host": { "0": "ip-192-168-99-10" },
                      "blocks": [ { "cidr": "10.112.0.0/29", "revision": 2, "pool": { "allocated": [ 1 ] } } ] },
                    { "name": "rack-2", "groups": null, "hosts": null, "cidr": "10.116.0.0/14" }
                  ] },
                  { "name": "us-west-2b", "groups": null, "cidr": "10.120.0.0/13", "hosts": [ { "name": "ip-192-168-100-10", "ip": "192.168.100.10", "agent_port": 9604 } ] }
                ]
              }
            },
            "unused": { "name": "unused", "host_groups": null }
          },
          "tenant_to_network": { "*": [ "vpcNet" ] }, "address_name_to_ip": { "pod.1": "10.112.0.1" }, "allocation_revision": 17, "topology_revision": 2
        }
        """;

    [Test]
    public void Read_RealisticTopology_MakesRoutesOfGroupsWithHosts()
    {
        var spec = Accepted(RealisticTopology);

        Assert.That(Words(spec), Is.EqualTo(new[] { "10.112.0.0/14: 192.168.99.10 192.168.99.11", "10.120.0.0/13: 192.168.100.10" }));
    }

    [Test]
    public void Read_HostsAtSeveralLevels_MakesARouteOfEach()
    {
        var spec = Accepted(Wrap("""
            {"cidr":"10.0.0.0/8","hosts":[{"ip":"192.168.0.1"}],"groups":[
              {"cidr":"10.1.0.0/16","hosts":[{"ip":"192.168.0.2"}],"groups":[{"cidr":"10.1.1.0/24","hosts":[{"ip":"192.168.0.3"}]}]},
              {"cidr":"10.2.0.0/16","hosts":[{"ip":"192.168.0.4"}]}]}
            """));

        Assert.That(Words(spec), Is.EqualTo(new[] { "10.0.0.0/8: 192.168.0.1", "10.1.0.0/16: 192.168.0.2", "10.1.1.0/24: 192.168.0.3", "10.2.0.0/16: 192.168.0.4" }));
    }

    [TestCase("""{"networks":{}}""")]
    [TestCase("""{"networks":null}""")]
    [TestCase("""{"networks":{"a":{},"b":{"host_groups":null},"c":{"host_groups":{}},"d":{"host_groups":{"cidr":"","hosts":null,"groups":null}}}}""")]
    [TestCase("""{"networks":{"a":{"host_groups":{"cidr":"10.0.0.0/8","hosts":[],"groups":[{"cidr":"10.1.0.0/16","hosts":null}]}}}}""")]
    public void Read_NoGroupWithHosts_IsAnEmptySpec(string topology) => Assert.That(Accepted(topology).IsEmpty);

    [Test]
    public void Read_GroupThatLostItsLastHost_IsAnEntryWithoutHosts()
    {
        var result = Read(Wrap("""{"cidr":"10.1.0.0/16","hosts":[],"groups":[]}"""));

        Assert.That(Words(result.Spec!), Is.EqualTo(new[] { "10.1.0.0/16: " }));
        Assert.That(result.Warnings, Is.EqualTo(new[] { new RouteSpecProblem("$.networks['net'].host_groups.hosts", "is empty; the route to 10.1.0.0/16 is left as it is") }));
    }

    [Test]
    public void Read_SameHostTwice_IsKeptOnce() =>
        Assert.That(Words(Accepted(Wrap("""{"cidr":"10.1.0.0/16","hosts":[{"ip":"10.0.0.2"},{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]}"""))), Is.EqualTo(new[] { "10.1.0.0/16: 10.0.0.2 10.0.0.1" }));

    [Test]
    public void Read_HostBits_AreClearedWithAWarning()
    {
        var result = Read(Wrap("""{"cidr":"10.1.2.3/16","hosts":[{"ip":"fd00::1"}]}"""));

        Assert.That(Words(result.Spec!), Is.EqualTo(new[] { "10.1.0.0/16: fd00::1" }));
        Assert.That(result.Warnings.Single().Message, Does.Contain("10.1.0.0/16"));
    }

    [Test]
    public void Read_OneCidrInTwoNetworks_IsRefusedNamingBoth()
    {
        var result = Read("""
            {"networks":{"a":{"host_groups":{"cidr":"10.1.0.0/16","hosts":[{"ip":"10.0.0.1"}]}},
                         "b":{"host_groups":{"groups":[{"cidr":"10.1.0.9/16","hosts":[{"ip":"10.0.0.2"}]}]}}}}
            """);

        Assert.That(result.Spec, Is.Null);
        Assert.That(result.Errors.Single().ToString(), Does.StartWith("$.networks['b'].host_groups.groups[0].cidr: 10.1.0.0/16 is also the cidr of $.networks['a'].host_groups;"));
    }

    [Test]
    public void Read_SeveralErrors_ListsAllWithTheirPaths()
    {
        var result = Read("""
            {"networks":{"it's":{"host_groups":{"hosts":[{"ip":"10.0.0.1"}],"groups":[
              {"cidr":"10.1.0.0/33","hosts":[]},
              {"cidr":"pl-0123abcd","hosts":[{"ip":"10.0.0.1"}]},
              {"cidr":7,"hosts":{}},
              null,
              {"cidr":"10.2.0.0/16","hosts":[{"ip":"10.0.0"},{"ip":5},{"name":"x"},"10.0.0.1"],"groups":"none"}]}},
              "n":[]}}
            """);

        Assert.That(result.Errors.Select(error => error.Path), Is.EquivalentTo(new[]
        {
            "$.networks['it's'].host_groups",
            "$.networks['it's'].host_groups.groups[0].cidr",
            "$.networks['it's'].host_groups.groups[1].cidr",
            "$.networks['it's'].host_groups.groups[2].cidr",
            "$.networks['it's'].host_groups.groups[2].hosts",
            "$.networks['it's'].host_groups.groups[3]",
            "$.networks['it's'].host_groups.groups[4].hosts[0].ip",
            "$.networks['it's'].host_groups.groups[4].hosts[1].ip",
            "$.networks['it's'].host_groups.groups[4].hosts[2]",
            "$.networks['it's'].host_groups.groups[4].hosts[3]",
            "$.networks['it's'].host_groups.groups[4].groups",
            "$.networks['n']",
        }));
    }

    [TestCase("", "can't be read as JSON")]
    [TestCase("{", "can't be read as JSON")]
    [TestCase("""{"networks":{},}""", "can't be read as JSON")]
    [TestCase("""{"networks":{"a":{},"a":{}}}""", "can't be read as JSON")]
    [TestCase("[]", "is an array")]
    [TestCase("""{"Networks":{}}""", "has no \"networks\"")]
    [TestCase("""{"networks":[]}""", "is an array")]
    [TestCase("""{"networks":{"\ud800":{}}}""", "not valid text")]
    [TestCase("""{"networks":{"a":{"host_groups":{"cidr":"\ud800","hosts":[]}}}}""", "not valid text")]
    public void Read_NoTopology_IsRefused(string text, string why) => Assert.That(Read(text).Errors.Single().ToString(), Does.Contain(why));

    [Test]
    public void Read_InvalidUtf8_IsRefused()
    {
        byte[] text = [.. """{"networks":{"a":{"host_groups":{"cidr":"""u8, (byte)'"', 0xff, (byte)'"', .. ""","hosts":[]}}}}"""u8];

        Assert.That(TopologyReader.Read(text).Spec, Is.Null);
    }

    [Test]
    public void Read_AsManyLevelsAsAllowed_IsAccepted() => Assert.That(Words(Accepted(Nested(TopologyWalk.MaximumGroupDepth))), Is.EqualTo(new[] { "10.0.0.0/8: 10.0.0.1" }));

    [Test]
    public void Read_OneLevelMore_IsRefusedInWords() =>
        Assert.That(Read(Nested(TopologyWalk.MaximumGroupDepth + 1)).Errors.Single().ToString(), Does.EndWith("lies in more than 256 groups"));

    [TestCase(10_000)]
    [TestCase(1_000_000)]
    public void Read_AbsurdlyDeep_IsRefused(int levels) => Assert.That(Read(Nested(levels)).Errors.Single().ToString(), Does.Contain("depth of 4096"));

    [Test]
    public void Read_TooBig_IsRefused() =>
        Assert.That(TopologyReader.Read(new byte[TopologyReader.MaximumBytes + 1]).Errors.Single().Message, Does.Contain("at most 16777216"));

    [Test]
    public void Read_ThousandsOfErrors_ListsABoundedNumber()
    {
        var hosts = string.Join(',', Enumerable.Repeat("1", 5000));

        var errors = Read(Wrap($$"""{"cidr":"10.0.0.0/8","hosts":[{{hosts}}]}""")).Errors;

        Assert.That(errors, Has.Length.EqualTo(101));
        Assert.That(errors[^1].Message, Is.EqualTo("4900 more errors are not listed"));
    }

    [Test]
    public void Read_HundredThousandGroups_KeepsThemInOrder()
    {
        var groups = Enumerable.Range(0, 100_000).Select(i => $$"""{"cidr":"10.{{i >> 12}}.{{(i >> 4) & 255}}.{{(i & 15) << 4}}/28","hosts":[{"ip":"10.0.0.1"}]}""");

        var spec = Accepted(Wrap($$"""{"groups":[{{string.Join(',', groups)}}]}"""));

        Assert.That(spec.Entries, Has.Length.EqualTo(100_000));
        Assert.That(spec.Entries[4097].Destination, Is.EqualTo(RouteDestination.Parse("10.1.0.16/28")));
    }

    private static string Wrap(string group) => """{"networks":{"net":{"host_groups":""" + group + "}}}";

    private static string Nested(int levels)
    {
        var text = new StringBuilder();
        for (var i = 1; i < levels; i++)
            text.Append("""{"groups":[""");
        text.Append("""{"cidr":"10.0.0.0/8","hosts":[{"ip":"10.0.0.1"}]}""");
        for (var i = 1; i < levels; i++)
            text.Append("]}");
        return Wrap(text.ToString());
    }

    private static TopologyReadResult Read(string text) => TopologyReader.Read(Encoding.UTF8.GetBytes(text));

    private static RouteSpec Accepted(string text)
    {
        var result = Read(text);
        Assert.That(result.Errors, Is.Empty);
        return result.Spec!;
    }

    private static string[] Words(RouteSpec spec) => [.. spec.Entries.Select(entry => $"{entry.Destination}: {string.Join(' ', entry.Hosts.Select(Word))}")];

    private static string Word(IPAddress host) => host.ToString();
}
