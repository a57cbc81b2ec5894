using System.Text.Json;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class PlanTests
{
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always"];

    [Test]
    public async Task Plan_RouteMissing_SaysWhatWouldChange()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await CliProcess.RunAsync(["plan", .. Fixed, .. rig.Place]);

        result.ExitCode.Should().Be(3);
        result.Output.Should().SatisfyRespectively(
            change => change.Should().StartWith("create").And.ContainAll("rtb-a", "10.1.0.0/16", "127.0.1.10"),
            total => total.Should().Be("1 change."));
    }

    [Test]
    public async Task Plan_RouteMissing_ChangesNothing()
    {
        await using var rig = await CliRig.StartAsync();

        await CliProcess.RunAsync(["plan", .. Fixed, .. rig.Place]);

        rig.Simulator.Vpc.GetCalls().Should().OnlyContain(call => call.Action.StartsWith("Describe", StringComparison.Ordinal));
    }

    [Test]
    public async Task Plan_Json_ListsTheChanges()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await CliProcess.RunAsync(["plan", "--json", .. Fixed, .. rig.Place]);

        using var plan = JsonDocument.Parse(string.Join('\n', result.Output));
        var change = plan.RootElement.GetProperty("changes").EnumerateArray().Should().ContainSingle().Subject;
        change.GetProperty("kind").GetString().Should().Be("create");
        change.GetProperty("new_router").GetString().Should().Be("127.0.1.10");
        result.ExitCode.Should().Be(3);
    }

    [Test]
    public async Task Plan_AllInLine_ExitsFine()
    {
        await using var rig = await CliRig.StartAsync();
        await using (rig.Start(Fixed))
            await rig.UntilRoutedAsync("10.1.0.0/16");

        var result = await CliProcess.RunAsync(["plan", .. Fixed, .. rig.Place]);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Equal("Nothing to change.");
    }

    [Test]
    public async Task Plan_EndpointUnreachable_FailsWithOneLine()
    {
        using var port = new HeldPort();

        var result = await CliProcess.RunAsync(["plan", .. Fixed, .. CliRig.PlaceAt(port.Url)]);

        result.ExitCode.Should().Be(1);
        result.Output.Should().BeEmpty();
        result.Errors.Should().ContainSingle().Which.Should().Contain(port.Url.Authority);
    }

    [Test]
    public async Task Plan_SpecWithHostBits_PlansAndSaysHowItWasRead()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", """{ "10.1.2.3/16": ["127.0.1.10"] }""");

        var result = await CliProcess.RunAsync(["plan", "-m", "configfile", "-f", file, "-H", "always", .. rig.Place]);

        result.ExitCode.Should().Be(3);
        result.Errors.Should().ContainSingle(line => line.Contains("host bits")).Which.Should().ContainAll("10.1.2.3/16", "10.1.0.0/16");
    }

    [Test]
    public async Task Plan_BrokenSpec_FailsAndNamesEveryError()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", """{ "10.1.0.0/33": ["127.0.1.10"], "10.2.0.0/16": ["127.0.1.300"] }""");

        var result = await CliProcess.RunAsync(["plan", "-m", "configfile", "-f", file, "-H", "always", .. rig.Place]);

        result.ExitCode.Should().Be(1);
        string.Join('\n', result.Errors).Should().ContainAll("10.1.0.0/33", "127.0.1.300");
    }
}
