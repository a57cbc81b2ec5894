using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.Probing;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Probing;

/// <summary>A monitor over an engine of the test's, as the built-in ones are.</summary>
internal sealed class EngineMonitor(IProbeEngine engine, TimeSpan interval, TimeProvider time) : IMonitorPlugin
{
    private readonly ProbeRunner _runner = new("fake", "probes_sent", ProbeTiming.Of(interval, null), new FallTwo(), engine, time, NullLogger.Instance, null);

    public Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping) => _runner.RunAsync(hosts, reports, stopping);

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    private sealed class FallTwo : ProbeSettings;
}
