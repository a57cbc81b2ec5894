using System.Globalization;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// The whole loop against a VPC in memory, in random scenarios on fake time: hosts die and come back, specs change, EC2 fails in every
/// way, others write too, and the process is killed and started again.
/// </summary>
/// <remarks>
/// VPCROUTER_MODELCHECK_SEED=123 runs the one scenario of that number and prints all that happened in it;
/// VPCROUTER_MODELCHECK_SCENARIOS=100000 runs that many.
/// </remarks>
[NonParallelizable]
public sealed class ModelCheckTests
{
    private const int Scenarios = 2500;
    private const int MostShown = 3;

    [Test]
    [CancelAfter(1_800_000)]
    public void Router_AnyScenario_KeepsTheRulesAndEndsInLineWithThem()
    {
        using var pool = new SingleThreadedPool();
        using var folder = new TemporaryFolder(inMemory: true);
        var counts = new FaultCounts();
        var seeds = Number("VPCROUTER_MODELCHECK_SEED") is { } seed ? [seed] : Enumerable.Range(1, Number("VPCROUTER_MODELCHECK_SCENARIOS") ?? Scenarios);
        var failed = Task.Run(() => RunAllAsync(seeds, counts, folder)).GetAwaiter().GetResult();

        TestContext.Progress.WriteLine($"Model check: {counts["Scenarios"]} scenarios; {counts}");
        failed.Should().BeEmpty();
        if (Number("VPCROUTER_MODELCHECK_SEED") is null)
            Enum.GetNames<FaultKind>().Where(kind => counts[kind] == 0).Should().BeEmpty("a check without a fault says nothing about it");
    }

    private static async Task<List<string>> RunAllAsync(IEnumerable<int> seeds, FaultCounts counts, TemporaryFolder folder)
    {
        var failed = new List<string>();
        foreach (var seed in seeds)
        {
            var run = new ScenarioRun(ScenarioGen.Draw(seed), counts, folder[$"{seed}"]);
            await run.RunAsync();
            counts.Add("Scenarios");
            if (run.Trace.Violations.Count == 0 && Number("VPCROUTER_MODELCHECK_SEED") is null)
                continue;
            if (run.Trace.Violations.Count > 0)
                failed.Add($"VPCROUTER_MODELCHECK_SEED={seed}: {string.Join("; ", run.Trace.Violations)}");
            if (failed.Count <= MostShown)
                TestContext.Out.WriteLine($"Scenario {seed}:\n{run.Trace}");
        }

        return failed;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
