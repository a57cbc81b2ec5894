using System.Threading.Channels;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors;

/// <summary>Hands the host lists on to a monitor's loop, among the other things that wake it.</summary>
internal static class HostPump
{
    /// <summary>Pumps until there are no more lists or it is ended. Never faults: a broken channel of lists ends the events instead.</summary>
    public static async Task RunAsync<TEvent>(ChannelReader<HostList> hosts, ChannelWriter<TEvent> events, Func<HostList, TEvent> wrap, CancellationToken ended)
    {
        try
        {
            await foreach (var list in hosts.ReadAllAsync(ended).ConfigureAwait(false))
                events.TryWrite(wrap(list));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Without new lists the monitor would go on with a stale one for ever; ending its loop has the host restart it.
            events.TryComplete(e);
        }
    }
}
