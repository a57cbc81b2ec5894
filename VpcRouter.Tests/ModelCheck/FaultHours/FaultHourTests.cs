using VpcRouter.Simulator.Faults;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>Every fault of the simulator alone, and all of them together, for an hour: the router lives, converges, and doesn't drown its operator.</summary>
[NonParallelizable]
public sealed class FaultHourTests
{
    private static IEnumerable<TestCaseData> Cases() => HourFaults.Documents().Select(document => new TestCaseData(document.Json).SetArgDisplayNames(document.Name));

    [TestCaseSource(nameof(Cases))]
    [CancelAfter(600_000)]
    public void Router_AnHourOfFaults_LivesAndConvergesInFewLines(string faults)
    {
        using var pool = new SingleThreadedPool();
        using var folder = new TemporaryFolder();
        var hour = new FaultHour();
        Task.Run(() => hour.RunAsync(SimulatorFaults.Parse(faults), folder["state"])).GetAwaiter().GetResult();

        TestContext.Progress.WriteLine($"An hour of {TestContext.CurrentContext.Test.Name}: {hour.LogLines} log lines; struck: {string.Join(", ", hour.Struck.Select(rule => $"{rule.Key} {rule.Value}"))}");
        if (hour.LogLines >= 200 || hour.Problems.Count > 0 || hour.Readiness.Any(check => !check.IsOk))
            TestContext.Out.WriteLine(hour.Trace);
        hour.Problems.Should().BeEmpty();
        hour.Readiness.Should().OnlyContain(check => check.IsOk);
        hour.LogLines.Should().BeLessThan(200);
        hour.Struck.Should().NotContain(rule => rule.Value == 0 && rule.Key != "$.throttling", "a fault that never strikes shows nothing; EC2's own limits stand behind those given");
    }
}
