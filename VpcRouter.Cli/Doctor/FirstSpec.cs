using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Cli.Doctor;

/// <summary>Reads a watcher's first route spec and lets the watcher go.</summary>
internal static class FirstSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="CommandFailedException">None came in time.</exception>
    public static async Task<RouteSpec> ReadAsync(IPluginFactory plugins, string mode, TimeProvider time, CancellationToken cancellationToken)
    {
        var instance = plugins.Create(PluginKind.Watcher, mode);
        await using var plugin = instance.Plugin.ConfigureAwait(false);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var specs = Channel.CreateBounded<RouteSpec>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var watching = Task.Run(() => ((IWatcherPlugin)instance.Plugin).WatchAsync(specs.Writer, stopping.Token), CancellationToken.None);
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await specs.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(watching.Exception?.GetBaseException().Message ?? $"the watcher {mode} delivered none within {Patience.TotalSeconds} s; the lines above say why");
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await watching.WaitAsync(Patience, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
