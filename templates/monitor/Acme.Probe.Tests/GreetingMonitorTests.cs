using System.Globalization;
using System.Net;
using VpcRouter.Testing;

namespace Acme.Probe.Tests;

public sealed class GreetingMonitorTests
{
    private const string Alive = "127.0.0.1";
    private const string Dead = "127.0.0.2";

    [Test]
    public async Task Host_ThatDoesNotGreet_HasFailed()
    {
        await using var server = new GreetingServer(Alive, "hello");
        await using var run = Monitor(server).StartMonitor();

        run.SetHosts(Alive, Dead);

        var report = await run.NextReportAsync(report => report.Failed.Contains(IPAddress.Parse(Dead)));
        Assert.That(report.Failed, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Host_ThatGreetsOtherwise_HasFailed()
    {
        await using var server = new GreetingServer(Alive, "howdy");
        await using var run = Monitor(server).StartMonitor();

        run.SetHosts(Alive);

        await run.NextReportAsync(report => report.Failed.Contains(IPAddress.Parse(Alive)));
    }

    [Test]
    public async Task Contract_IsKept()
    {
        await using var server = new GreetingServer(Alive, "hello");

        await MonitorContract.CheckAsync(Monitor(server), new MonitorContractOptions
        {
            HealthyHosts = [Alive],
            FailedHosts = [Dead, "127.0.0.3"],
            BadSettings = [("acme-probe-port", "0"), ("acme-probe-interval", "0"), ("acme-probe-greeting", "")],
        });
    }

    private static PluginHarness Monitor(GreetingServer server) => PluginHarness.For<GreetingMonitor>()
        .With("acme-probe-port", server.Port.ToString(CultureInfo.InvariantCulture))
        .With("acme-probe-greeting", "hello")
        .With("acme-probe-interval", "0.1")
        .With("acme-probe-timeout", "10");
}
