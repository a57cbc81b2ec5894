using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Plugins;

/// <summary>Says which hosts have failed. Made anew for each start: an instance is run once.</summary>
public interface IMonitorPlugin : IAsyncDisposable
{
    /// <summary>
    /// Monitors until told to stop. Every host list read replaces the one before. A report holds the full lists, and is written
    /// whenever they changed, and once when they are first known, even empty. Throwing or returning early means a restart with
    /// back-off; the last report stays in force.
    /// </summary>
    /// <param name="hosts">Gives the full host list, the newest only.</param>
    /// <param name="reports">Takes full reports, never deltas; writing never blocks.</param>
    /// <param name="stopping">Cancelled at shutdown; return, or let the cancellation surface, within 5 s.</param>
    Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping);
}
