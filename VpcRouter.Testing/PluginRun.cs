using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing;

/// <summary>A plugin at work. Disposing it stops the plugin and never throws. For one test at a time; not thread-safe.</summary>
public abstract class PluginRun : IAsyncDisposable
{
    private readonly PluginHost _host;
    private CancellationTokenSource _stopping = new();
    private bool _isGivenUp;

    private protected PluginRun(PluginHost host) => _host = host;

    /// <summary>The instance that runs now, with the settings it got, its statistics and what it says of its condition.</summary>
    public PluginInstance Instance { get; private set; } = null!;

    /// <summary>What was logged by the plugin and by whatever it uses.</summary>
    public PluginLog Log => _host.Log;

    /// <summary>Completes when the plugin has ended; faults with what it threw. Being told to stop is no fault.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Cancels the plugin and waits until it has ended.</summary>
    /// <exception cref="PluginTestException">It still ran 5 s later: the host wouldn't have waited longer.</exception>
    /// <exception cref="Exception">What the plugin threw, if it did.</exception>
    public async Task StopAsync()
    {
        if (!await TryStopAsync(PluginChannels.StopGrace).ConfigureAwait(false))
            throw new PluginTestException($"Expected the plugin to end within {PluginChannels.StopGrace.TotalSeconds} s of its cancellation; it still ran.{Log.Tail()}");
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Stops and disposes of the plugin as the host does, even one that failed, and starts another instance. What wasn't taken yet is forgotten.</summary>
    /// <exception cref="PluginTestException">It still ran 5 s after its cancellation.</exception>
    /// <exception cref="PluginException">The constructor threw.</exception>
    public async Task RestartAsync()
    {
        if (!await TryStopAsync(PluginChannels.StopGrace).ConfigureAwait(false))
            await StopAsync().ConfigureAwait(false);
        await Instance.Plugin.DisposeAsync().ConfigureAwait(false);
        Start();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_isGivenUp)
            await TryStopAsync(PluginChannels.StopGrace).ConfigureAwait(false);
        try
        {
            await Instance.Plugin.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A test that has failed already must not have its own failure hidden; the contract check is what tells of this one.
            Log.Add(new LogLine(Microsoft.Extensions.Logging.LogLevel.Error, nameof(PluginRun), "the plugin's DisposeAsync threw", e));
        }

        await _host.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    internal void Start(bool cancelled = false)
    {
        var stopping = new CancellationTokenSource();
        Instance = _host.Make();
        _stopping.Dispose();
        _stopping = stopping;
        if (cancelled)
            stopping.Cancel();
        Prepare();
        Completion = RunToEndAsync(Instance.Plugin, stopping.Token);
    }

    internal async Task<bool> TryStopAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await new Patience(grace).WaitAsync(Completion).ConfigureAwait(false);
        _isGivenUp = !Completion.IsCompleted;
        return !_isGivenUp;
    }

    internal abstract int LateWrites { get; }

    /// <summary>Makes everything ready for an instance, before anybody can ask for what it says.</summary>
    private protected abstract void Prepare();

    private protected abstract Task RunAsync(IAsyncDisposable plugin, CancellationToken stopping);

    private async Task RunToEndAsync(IAsyncDisposable plugin, CancellationToken stopping)
    {
        try
        {
            await Task.Run(() => RunAsync(plugin, stopping), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }
}
