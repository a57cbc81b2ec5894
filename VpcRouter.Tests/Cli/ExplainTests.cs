using System.Text.Json;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class ExplainTests
{
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10:127.0.11.10"];
    private static readonly string[] NoProbes = [.. Fixed, "-H", "always"];

    [Test]
    public async Task Explain_RouteOnADeadRouter_NamesTheVerdictAndWhatIsPending()
    {
        await using var rig = await CliRig.StartAsync();
        await rig.RunAsync("apply", "-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always");
        rig.Simulator.Vpc.SetHostState(System.Net.IPAddress.Parse("127.0.1.10"), VpcRouter.Simulator.Model.HostState.Dead);
        var writes = rig.Writes().Count();

        var result = await rig.RunAsync(["explain", "10.1.0.0/16", .. Fixed, "-H", "tcp", "--tcp-check-port", $"{rig.Simulator.ProbePort}", "--tcp-check-interval", "0.2", "--tcp-check-timeout", "10"]);

        result.ExitCode.Should().Be(0);
        var text = string.Join('\n', result.Output);
        text.Should().MatchRegex(@"127\.0\.1\.10: can't be chosen: has failed, for [0-9.]+ s; eni-0a100000000000010")
            .And.MatchRegex(@"127\.0\.11\.10: can be chosen: is healthy")
            .And.Contain("rtb-a (zone-a): leads to 127.0.1.10")
            .And.Contain("router 127.0.1.10 has failed; 127.0.11.10 is healthy")
            .And.Contain("pending: fail over 10.1.0.0/16 in rtb-a from 127.0.1.10");
        rig.Writes().Should().HaveCount(writes);
    }

    // What is asked for, and the destination and the words that must come.
    [TestCase("10.1.2.3", "10.1.0.0/16 (asked for 10.1.2.3): the route spec names it")]
    [TestCase("10.1.2.0/24", "10.1.2.0/24: the route spec doesn't name it, but 10.1.0.0/16, which covers it")]
    [TestCase("8.8.8.8", "0.0.0.0/0 (asked for 8.8.8.8): the route spec names neither it")]
    [TestCase("127.0.2.9", "127.0.0.0/16 (asked for 127.0.2.9): the route spec names neither it")]
    [TestCase("2001:db8::1", "2001:db8::1/128 (asked for 2001:db8::1): the route spec names neither it")]
    [TestCase("pl-0d1c2b3a", "pl-0d1c2b3a: the route spec names neither it")]
    [TestCase("172.31.0.0/16", "172.31.0.0/16: the route spec names neither it")]
    public async Task Explain_AnyDestination_IsNoError(string asked, string first)
    {
        await using var rig = await CliRig.StartAsync();

        var result = await rig.RunAsync(["explain", asked, .. NoProbes]);

        result.ExitCode.Should().Be(0);
        result.Output[0].Should().StartWith(first);
        result.Output.Should().Contain(line => line.StartsWith("  rtb-a (zone-a): ", StringComparison.Ordinal));
    }

    [Test]
    public async Task Explain_Ignored_SaysWhichSettingDoes()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await rig.RunAsync(["explain", "10.1.0.0/16", .. NoProbes, "--ignore-routes", "10.0.0.0/8"]);

        result.Output[0].Should().Contain("--ignore-routes");
    }

    [Test]
    public async Task Explain_Json_HoldsTheDecision()
    {
        await using var rig = await CliRig.StartAsync();

        var result = await rig.RunAsync(["explain", "10.1.0.0/16", "--json", .. NoProbes]);

        using var explanation = JsonDocument.Parse(string.Join('\n', result.Output));
        explanation.RootElement.GetProperty("is_in_spec").GetBoolean().Should().BeTrue();
        explanation.RootElement.GetProperty("hosts").GetArrayLength().Should().Be(2);
        var table = explanation.RootElement.GetProperty("route_tables").EnumerateArray().Should().ContainSingle().Subject;
        table.GetProperty("change").GetProperty("kind").GetString().Should().Be("create");
    }
}
