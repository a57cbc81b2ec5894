using System.Text.Json;
using VpcRouter.Simulator.Topologies;
using VpcRouter.Tests.Adapter;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class DoctorTests
{
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10:127.0.11.10", "-H", "always"];

    [Test]
    public async Task Doctor_AllWell_ExitsFineAndAsksForWritesAsDryRunsOnly()
    {
        await using var rig = await CliRig.StartAsync();

        var findings = await ExamineAsync(rig, 0, Fixed);

        findings.Should().NotContain(finding => finding.Status == "failed");
        findings.Should().Contain(("permissions", "ok")).And.Contain(("credentials", "ok")).And.Contain(("vpc", "ok")).And.Contain(("clock", "ok"))
            .And.Contain(("source/dest check", "ok")).And.Contain(("route quota", "ok")).And.Contain(("state folder", "ok")).And.Contain(("ICMP", "n/a"));
        rig.Writes().Should().HaveCount(3).And.OnlyContain(call => call.Result == "DryRunOperation");
        Directory.Exists(rig.Folder["state"]).Should().BeFalse("nothing is left behind");
    }

    [Test]
    public async Task Doctor_Text_NamesTheRemedyAndCounts()
    {
        await using var rig = await CliRig.StartAsync("""{ "denied": [{ "actions": "ReplaceRoute" }] }""");

        var result = await rig.RunAsync(["doctor", .. Fixed]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().ContainInConsecutiveOrder(
            "failed   permissions: ec2:ReplaceRoute is not permitted in rtb-a",
            "           mend it: grant what vpcrouter iam-policy prints");
        result.Output[^1].Should().MatchRegex(@"^\d+ ok, (\d+ warning, )?1 failed, \d+ n/a\.$");
    }

    [Test]
    public async Task Doctor_WithoutSpec_AsksForOneTable()
    {
        await using var rig = await CliRig.StartAsync();

        var findings = await ExamineAsync(rig, 0, "-H", "always");

        findings.Should().Contain(("route spec", "n/a")).And.Contain(("hosts", "n/a")).And.Contain(("permissions", "ok"));
        rig.Writes().Select(call => call.RouteTableId).Distinct().Should().ContainSingle();
    }

    [TestCase("expired", "RequestExpired")]
    [TestCase("invalid", "AuthFailure")]
    public async Task Doctor_CredentialsNoGood_SaysSoAndAsksNoFurther(string state, string code)
    {
        await using var rig = await CliRig.StartAsync($$"""{ "credentials": [{ "state": "{{state}}" }] }""");

        var result = await rig.RunAsync(["doctor", .. Fixed]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain(line => line.StartsWith("failed   credentials", StringComparison.Ordinal) && line.Contains(code, StringComparison.Ordinal));
        result.Output.Should().Contain("n/a      permissions: the credentials are no good");
        rig.Writes().Should().BeEmpty();
    }

    [Test]
    public async Task Doctor_ReadsDenied_NamesThem()
    {
        await using var rig = await CliRig.StartAsync("""{ "denied": [{ "actions": ["DescribeSubnets", "DescribeManagedPrefixLists"] }] }""");

        var result = await rig.RunAsync(["doctor", .. Fixed]);

        result.Output.Should().Contain("failed   permissions: ec2:DescribeSubnets is not permitted")
            .And.Contain("failed   permissions: ec2:DescribeManagedPrefixLists is not permitted");
    }

    [Test]
    public async Task Doctor_VpcUnknown_Fails()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await CliProcess.RunAsync(["doctor", .. Fixed, "-r", "us-east-1", "-v", "vpc-0badbad", "--endpoint-url", rig.Simulator.Endpoint.ToString(), "-p", "0"]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("failed   vpc: there is no vpc-0badbad in us-east-1 for this account").And.Contain("ok       credentials: EC2 takes them");
    }

    [Test]
    public async Task Doctor_EndpointUnreachable_FailsAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        using var port = new HeldPort();

        var result = await CliProcess.RunAsync(["doctor", .. Fixed, .. CliRig.PlaceAt(port.Url), "-p", "0", "--state-dir", folder["state"]]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain(line => line.StartsWith($"failed   endpoint: {port.Url.ToString().TrimEnd('/')}", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("n/a      clock", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("ok       state folder", StringComparison.Ordinal));
    }

    // Of two hosts one has its check on and one is nowhere; the tables are full, and one of them is the main table.
    [Test]
    public async Task Doctor_VpcUnfit_NamesEachFaultWithItsRemedy()
    {
        var json = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "../../../../examples/topology.json"));
        var topology = SimulatorTopology.Parse(json.Replace("\"interface\": \"eni-0c100000000000011\"", "\"interface\": \"eni-0c100000000000011\", \"sourceDestCheck\": true", StringComparison.Ordinal));
        await using var rig = await CliRig.StartAsync(topology: topology);
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/16": ["127.0.13.10"], "10.2.0.0/16": ["127.0.99.1"], "pl-0d1c2b3a": { "hosts": ["127.0.13.10"], "route_tables": ["rtb-main", "rtb-edge"] } }""");

        var result = await rig.RunAsync("doctor", "-m", "configfile", "-f", file, "-H", "always", "--route-quota", "11");

        result.ExitCode.Should().Be(1);
        result.Output.Should().ContainInConsecutiveOrder(
            "failed   source/dest check: it is on at eni-0c100000000000011 (127.0.13.10), so EC2 drops what the host should forward",
            "           mend it: aws ec2 modify-network-interface-attribute --region us-east-1 --network-interface-id eni-0c100000000000011 --no-source-dest-check");
        result.Output.Should().Contain(line => line.StartsWith("failed   hosts: 127.0.99.1 is on no network interface", StringComparison.Ordinal) && line.Contains("10.2.0.0/16", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("warning  route tables: rtb-main is the VPC's main table", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("warning  route tables: pl-0d1c2b3a is wanted in rtb-edge, which is an edge table", StringComparison.Ordinal))
            // The default route, the one CIDR that has a host, and the list with its ten.
            .And.Contain(line => line.StartsWith("failed   route quota: rtb-main will hold 12 routes", StringComparison.Ordinal));
    }

    [Test]
    public async Task Doctor_SpecBroken_FailsAndSaysWhy()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/33": ["127.0.1.10"] }""");

        var result = await rig.RunAsync("doctor", "-m", "configfile", "-f", file, "-H", "always");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain(line => line.StartsWith("failed   route spec", StringComparison.Ordinal));
        string.Join('\n', result.Errors).Should().Contain("10.1.0.0/33");
    }

    [Test]
    public async Task Doctor_PortInUse_Fails()
    {
        await using var rig = await CliRig.StartAsync();
        using var taken = new SilentEndpoint();

        var result = await CliProcess.RunAsync(["doctor", .. Fixed, .. CliRig.PlaceAt(rig.Simulator.Endpoint), "-a", "127.0.0.1", "-p", $"{taken.Url.Port}"]);

        result.Output.Should().Contain($"failed   listen address: 127.0.0.1 port {taken.Url.Port} is in use");
    }

    [Test]
    public async Task Doctor_MetadataOfAnotherRegion_Warns()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await CliProcess.RunAsync(
            ["doctor", .. Fixed, "-r", "eu-west-1", "-v", "vpc-350d6a51", "--endpoint-url", rig.Simulator.Endpoint.ToString(), "-p", "0"],
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", rig.Simulator.Endpoint.ToString()),
            ("AWS_EC2_METADATA_DISABLED", null));

        result.Output.Should().Contain(line => line.StartsWith("warning  metadata: this machine is in us-east-1, but --region says eu-west-1", StringComparison.Ordinal));
    }

    private static async Task<List<(string Check, string Status)>> ExamineAsync(CliRig rig, int exitCode, params string[] args)
    {
        var result = await rig.RunAsync(["doctor", "--json", .. args]);
        result.ExitCode.Should().Be(exitCode, string.Join('\n', result.Output.Concat(result.Errors)));
        var report = JsonSerializer.Deserialize<JsonElement>(string.Join('\n', result.Output));
        report.GetProperty("ok").GetBoolean().Should().Be(exitCode == 0);
        return [.. report.GetProperty("findings").EnumerateArray().Select(finding => (finding.GetProperty("check").GetString()!, finding.GetProperty("status").GetString()!))];
    }
}
