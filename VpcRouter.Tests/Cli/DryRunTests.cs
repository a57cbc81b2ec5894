using System.Text.Json;

namespace VpcRouter.Tests.Cli;

/// <summary>The service that shows everything and writes nothing.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DryRunTests
{
    [Test]
    public async Task DryRun_ChangesWanted_ShowsThemEverywhereAndWritesNothing()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", CliRig.SpecOf("10.1.0.0/16"));
        await using var router = rig.Start("run", "--dry-run", "-m", "configfile", "-f", file, "-H", "always", "--route-recheck-interval", "5");
        var url = await router.UrlAsync();
        (await router.LineAsync("Dry run, not done: ")).Should().Contain("create 10.1.0.0/16 in rtb-a");

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        (await client.GetStringAsync(new Uri(url, "/readyz"))).Should().Contain("dry run: 1 changes would be made");
        (await client.GetStringAsync(new Uri(url, "/route_info"))).Should().Contain("10.1.0.0/16");

        // Another spec is another plan; the same plan, made at each look, is told once.
        await File.WriteAllTextAsync(file, CliRig.SpecOf("10.2.0.0/16"));
        await router.LineAsync("create 10.2.0.0/16 in rtb-a");
        rig.Simulator.Vpc.SetHostState(System.Net.IPAddress.Parse("127.0.3.10"), VpcRouter.Simulator.Model.HostState.Dead);
        router.Terminate();
        var result = await router.ExitAsync(CliProcess.Patience);

        result.Output.Select(line => line.Split("Dry run, not done: ")).Where(parts => parts.Length == 2).Select(parts => parts[1]).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(2);
        rig.Writes().Should().BeEmpty();
    }

    // Twelve routes that the spec doesn't name are more than it may delete at once.
    [Test]
    public async Task Plan_TooManyDeletions_ShowsWhatIsHeldBack()
    {
        await using var rig = await CliRig.StartAsync();
        var many = rig.Folder.Write("many.json", $"{{ {string.Join(", ", Enumerable.Range(1, 12).Select(i => $"\"10.{i}.0.0/16\": [\"127.0.1.10\"]"))} }}");
        (await rig.RunAsync("apply", "-m", "configfile", "-f", many, "-H", "always")).ExitCode.Should().Be(0);
        var few = rig.Folder.Write("few.json", """{ "10.1.0.0/16": ["127.0.1.10"] }""");
        string[] spec = ["-m", "configfile", "-f", few, "-H", "always"];

        var text = await rig.RunAsync(["plan", .. spec]);
        var json = await rig.RunAsync(["plan", "--json", .. spec]);
        var applied = await rig.RunAsync(["apply", .. spec]);

        text.ExitCode.Should().Be(3);
        text.Output.Should().Contain(line => line.StartsWith("held back by --max-deletes: 11 of 12 managed routes", StringComparison.Ordinal));
        text.Output[^1].Should().Be("Nothing to change, 11 held back.");
        using var plan = JsonDocument.Parse(string.Join('\n', json.Output));
        plan.RootElement.GetProperty("held_back").EnumerateArray().Single().GetProperty("changes").GetArrayLength().Should().Be(11);
        applied.ExitCode.Should().Be(1);
        applied.Output[^1].Should().Be("0 changes made, 0 not, 11 held back; the VPC is not in line.");
        rig.Writes().Should().NotContain(call => call.Action == "DeleteRoute");
    }
}
