namespace VpcRouter.Tests.Observability;

internal sealed class AlertRuleTests
{
    [TestCase("check", "rules", "alerts.yml")]
    [TestCase("test", "rules", "alerts.test.yml")]
    public async Task Alerts_Promtool_Succeeds(params string[] args)
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", MetricNames.Folder, args);

        exitCode.Should().Be(0, output);
    }
}
