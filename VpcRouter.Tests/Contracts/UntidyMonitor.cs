using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Contracts;

[assembly: VpcRouterPlugin("VpcRouter.Tests.Untidy", "for the tests of the contract check", typeof(UntidyMonitor), SettingsType = typeof(UntidySettings))]

namespace VpcRouter.Tests.Contracts;

/// <summary>Has untidy settings, and fails when it is stopped.</summary>
internal sealed class UntidyMonitor(UntidySettings settings) : IMonitorPlugin
{
    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        try
        {
            await foreach (var _ in hosts.ReadAllAsync(stopping))
                reports.TryWrite(HealthReport.AllHealthy);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"stopped with {settings.Untidy}");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
