using System.Threading.Channels;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Plugins;

/// <summary>Delivers route specs. Made anew for each start: an instance is run once.</summary>
public interface IWatcherPlugin : IAsyncDisposable
{
    /// <summary>
    /// Watches until told to stop, writing each full spec to the channel; only the newest counts, and writing never blocks.
    /// Returning means that there will be no other spec. Throwing means a restart with back-off; the last spec stays in force.
    /// A spec without destinations is written like any other: whether it is carried out, which deletes every managed route, is the
    /// router's to decide.
    /// </summary>
    /// <param name="specs">Takes full specs, never deltas.</param>
    /// <param name="stopping">Cancelled at shutdown; return, or let the cancellation surface, within 5 s.</param>
    Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping);
}
