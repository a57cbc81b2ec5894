using System.Text.Json;
using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class ApplyTests
{
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always"];

    [Test]
    public async Task Apply_RouteMissing_MakesItAndSaysSo()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await rig.RunAsync(["apply", .. Fixed]);

        result.ExitCode.Should().Be(0);
        result.Output.Should().SatisfyRespectively(
            change => change.Should().StartWith("done: create 10.1.0.0/16 in rtb-a to 127.0.1.10"),
            total => total.Should().Be("1 change made; the VPC is in line."));
        await rig.UntilRoutedAsync("10.1.0.0/16");
    }

    [Test]
    public async Task Apply_AllInLine_WritesNothing()
    {
        await using var rig = await CliRig.StartAsync();
        await rig.RunAsync(["apply", .. Fixed]);
        var writes = rig.Writes().Count();

        var result = await rig.RunAsync(["apply", .. Fixed]);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Equal("Nothing to change.");
        rig.Writes().Should().HaveCount(writes);
    }

    [Test]
    public async Task Apply_WriteNotPermitted_FailsAtOnceAndGoesOnWithTheOthers()
    {
        await using var rig = await CliRig.StartAsync("""{ "denied": [{ "actions": "CreateRoute", "routeTables": ["rtb-a"] }] }""");
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/16": ["127.0.1.10", "127.0.2.10"] }""");

        var result = await rig.RunAsync("apply", "-m", "configfile", "-f", file, "-H", "always", "--wait", "3600");

        result.ExitCode.Should().Be(1);
        result.Output.Should().SatisfyRespectively(
            done => done.Should().StartWith("done: create 10.1.0.0/16 in rtb-b"),
            failed => failed.Should().StartWith("failed with UnauthorizedOperation").And.Contain("create 10.1.0.0/16 in rtb-a"),
            total => total.Should().Be("1 change made, 1 not; the VPC is not in line, and trying again would not mend it."));
    }

    [TestCase("InvalidParameterValue")]
    [TestCase("UnsupportedOperation")]
    public async Task Apply_RequestWrongInItself_FailsOnceTheVpcWasSeenAgain(string code)
    {
        await using var rig = await CliRig.StartAsync($$"""{ "errors": [{ "actions": "CreateRoute", "code": "{{code}}" }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed, "--wait", "3600"]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().SatisfyRespectively(
            failed => failed.Should().StartWith($"failed with {code}"),
            total => total.Should().Be("0 changes made, 1 not; the VPC is not in line, and trying again would not mend it."));
    }

    // The client tries three times by itself; the fourth failure meets the router's own second try.
    [Test]
    public async Task Apply_ThrottledForAWhile_TriesAgain()
    {
        await using var rig = await CliRig.StartAsync("""{ "errors": [{ "actions": "CreateRoute", "calls": 4, "code": "RequestLimitExceeded" }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed]);

        result.ExitCode.Should().Be(0);
        rig.Simulator.Vpc.GetFaults().Struck["$.errors[0]"].Should().Be(4);
    }

    [Test]
    public async Task Apply_NoWait_TriesEachWriteOnce()
    {
        await using var rig = await CliRig.StartAsync("""{ "errors": [{ "actions": "CreateRoute", "code": "RequestLimitExceeded" }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed, "--wait", "0"]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain(line => line.StartsWith("failed with RequestLimitExceeded", StringComparison.Ordinal));
    }

    [Test]
    public async Task Apply_ThrottledForGood_GivesUpWhenTheWaitIsOver()
    {
        await using var rig = await CliRig.StartAsync("""{ "errors": [{ "actions": "CreateRoute", "code": "RequestLimitExceeded" }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed, "--wait", "2"]);

        result.ExitCode.Should().Be(1);
        result.Output[^1].Should().Be("0 changes made, 1 not; the VPC is not in line.");
    }

    [Test]
    public async Task Apply_CannotPrintWhatIsDone_EndsThoughTheRestIsThrottledForGood()
    {
        await using var rig = await CliRig.StartAsync();
        await rig.RunAsync(["apply", .. Fixed]);
        rig.Simulator.Vpc.SetFaults(SimulatorFaults.Parse("""{ "errors": [{ "actions": "DeleteRoute", "code": "RequestLimitExceeded" }] }"""));

        await using var process = CliProcess.StartOnFullDisk(["apply", "-m", "fixedconf", "--fixed-cidr", "10.2.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always", "--wait", "3600", .. rig.Place]);

        (await process.ExitAsync(CliProcess.Patience)).ExitCode.Should().Be(1);
    }

    [Test]
    public async Task Apply_TableFull_SaysSo()
    {
        await using var rig = await CliRig.StartAsync("""{ "quotas": [{ "routes": 1 }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain(line => line.StartsWith("failed with RouteLimitExceeded", StringComparison.Ordinal));
    }

    // The missing route is tried first, the other deleted last.
    [Test]
    public async Task Apply_TableFullUntilItsOwnDelete_TriesAgain()
    {
        await using var rig = await CliRig.StartAsync("""{ "quotas": [{ "routes": 3 }] }""");
        (await rig.RunAsync(["apply", .. Fixed])).ExitCode.Should().Be(0);
        var file = rig.Folder.Write("spec.json", """{ "10.2.0.0/16": ["127.0.1.10"] }""");

        var result = await rig.RunAsync("apply", "-m", "configfile", "-f", file, "-H", "always");

        result.Output[^1].Should().EndWith("the VPC is in line.");
        result.ExitCode.Should().Be(0);
    }

    [Test]
    public async Task Apply_CredentialsExpired_FailsWithOneLine()
    {
        await using var rig = await CliRig.StartAsync("""{ "credentials": [{ "state": "expired" }] }""");

        var result = await rig.RunAsync(["apply", .. Fixed]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().BeEmpty();
        result.Errors.Should().ContainSingle().Which.Should().Contain("RequestExpired");
    }

    [Test]
    public async Task Apply_Json_IsOneDocument()
    {
        await using var rig = await CliRig.StartAsync("""{ "denied": [{ "actions": "CreateRoute", "routeTables": ["rtb-a"] }] }""");
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/16": ["127.0.1.10", "127.0.2.10"] }""");

        var result = await rig.RunAsync("apply", "--json", "-m", "configfile", "-f", file, "-H", "always");

        using var report = JsonDocument.Parse(string.Join('\n', result.Output));
        report.RootElement.GetProperty("is_in_line").GetBoolean().Should().BeFalse();
        report.RootElement.GetProperty("done").EnumerateArray().Should().ContainSingle().Which.GetProperty("change").GetProperty("route_table").GetString().Should().Be("rtb-b");
        var undone = report.RootElement.GetProperty("undone").EnumerateArray().Should().ContainSingle().Subject;
        undone.GetProperty("code").GetString().Should().Be("UnauthorizedOperation");
        undone.GetProperty("change").GetProperty("route_table").GetString().Should().Be("rtb-a");
        result.ExitCode.Should().Be(1);
    }

    [Test]
    public async Task Apply_DeadHost_GetsNoRoute()
    {
        await using var rig = await CliRig.StartAsync("""{ "hosts": [{ "address": "127.0.1.10", "state": "dead" }] }""");
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/16": ["127.0.1.10", "127.0.11.10"] }""");

        var result = await rig.RunAsync("apply", "-m", "configfile", "-f", file, "-H", "tcp", "--tcp-check-port", $"{rig.Simulator.ProbePort}", "--tcp-check-interval", "0.2", "--tcp-check-timeout", "10");

        result.ExitCode.Should().Be(0);
        rig.Writes().Select(write => write.Target).Should().Equal("eni-0a100000000000011");
    }

    [Test]
    public async Task Terminate_WhileAWriteHangs_EndsAndReportsIt()
    {
        await using var rig = await CliRig.StartAsync();
        using var held = new HeldWrite(rig.Simulator.Vpc);
        await using var apply = rig.Start(["apply", .. Fixed]);
        await held.Begun;

        apply.Terminate();
        var result = await apply.ExitAsync(CliProcess.Patience);

        result.ExitCode.Should().Be(1);
        result.Output[^1].Should().Contain("told to stop");
    }
}
