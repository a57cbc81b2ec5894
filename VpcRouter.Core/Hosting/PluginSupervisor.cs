using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

/// <summary>Runs a plugin, and a new one with back-off whenever it fails; a plugin never takes the process down.</summary>
internal sealed partial class PluginSupervisor<TPlugin>
    where TPlugin : class, IAsyncDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);
    private readonly string _role;
    private readonly PluginSource<TPlugin> _source;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<PluginStatus> _onStatus;
    private (TPlugin Plugin, PluginInstance? Instance)? _next;
    private PluginInstance? _last;

    /// <summary>Makes the supervisor and its first plugin.</summary>
    /// <exception cref="PluginException">The plugin can't be made: that is a fault of the configuration, not one to retry.</exception>
    public PluginSupervisor(string role, PluginSource<TPlugin> source, IServiceProvider services, TimeProvider time, ILogger logger, Action<PluginStatus> onStatus)
    {
        _role = role;
        _source = source;
        _services = services;
        _time = time;
        _logger = logger;
        _onStatus = onStatus;
        _next = source.Make(services);
    }

    /// <summary>Runs the plugin until told to stop, or until it has ended by itself where that is allowed.</summary>
    public async Task RunAsync(Func<TPlugin, CancellationToken, Task> run, bool mayEnd, CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            var startedAt = _time.GetUtcNow();
            var error = await RunOnceAsync(run, mayEnd, stopping).ConfigureAwait(false);
            if (error is null || stopping.IsCancellationRequested)
                return;
            failures = _time.GetUtcNow() - startedAt >= LongEnough ? 1 : failures + 1;
            var delay = Backoff.After(failures);
            _onStatus(new PluginStatus(_last, false, error.Message, _time.GetUtcNow()));
            if (Backoff.IsWorthALine(failures))
                Log.PluginFailed(_logger, error, _role, failures, delay.TotalSeconds);
            await Task.Delay(delay, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Exception?> RunOnceAsync(Func<TPlugin, CancellationToken, Task> run, bool mayEnd, CancellationToken stopping)
    {
        TPlugin? plugin = null;
        try
        {
            (plugin, _last) = _next ?? _source.Make(_services);
            _next = null;
            _onStatus(new PluginStatus(_last, true, null, _time.GetUtcNow()) { Condition = plugin as IPluginCondition });
            await RunBoundedAsync(run, plugin, stopping).ConfigureAwait(false);
            return mayEnd ? null : new PluginException($"the {_role} ended by itself");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            if (plugin is not null)
                await DisposeAsync(plugin).ConfigureAwait(false);
        }
    }

    // On a thread of the pool, so that a plugin that blocks holds up nobody else, nor one that won't stop the shutdown.
    private async Task RunBoundedAsync(Func<TPlugin, CancellationToken, Task> run, TPlugin plugin, CancellationToken stopping)
    {
        var running = Task.Run(() => run(plugin, stopping), CancellationToken.None);
        await running.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.WaitAsync(PluginChannels.StopGrace, _time, CancellationToken.None).ConfigureAwait(false);
    }

    // Bounded too: a plugin that never ends its disposal would never be started again, and be called up meanwhile.
    private async Task DisposeAsync(TPlugin plugin)
    {
        try
        {
            await Task.Run(() => plugin.DisposeAsync().AsTask(), CancellationToken.None).WaitAsync(PluginChannels.StopGrace, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.DisposeFailed(_logger, e, _role);
        }
    }
}
