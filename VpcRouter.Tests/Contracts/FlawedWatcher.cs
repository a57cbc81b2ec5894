using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Contracts;
using VpcRouter.Tests.Support;

[assembly: VpcRouterPlugin("VpcRouter.Tests.FlawedWatcher", "for the tests of the contract check", typeof(FlawedWatcher))]

namespace VpcRouter.Tests.Contracts;

/// <summary>Delivers one spec of two destinations, but for its flaw.</summary>
internal sealed class FlawedWatcher(FlawedProcess process) : FlawedPlugin<RouteSpec>(process, RouteSpec.Empty), IWatcherPlugin
{
    public Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping) => RunAsync(specs, async isRestarted =>
    {
        RouteEntry[] entries = [TestSpec.Entry("10.1.0.0/16", 1), TestSpec.Entry("10.2.0.0/16", 2)];
        specs.TryWrite(new RouteSpec(Flaw == Flaw.ForgetsHalfAfterRestart && isRestarted ? entries[..1] : entries));
        if (Flaw == Flaw.FailsLater)
            throw new InvalidOperationException("broke");
        if (Flaw != Flaw.IgnoresCancellation)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
    }, stopping);
}
