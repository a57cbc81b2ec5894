using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Health;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Hosting.Metrics;
using VpcRouter.Plugins;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>
/// The main loop. Specs, health reports, looks at the VPC and retries that fall due are events; each wakes the loop, which plans
/// from the newest of everything. Nothing in it waits for a write or for a look.
/// </summary>
internal sealed partial class RouterService : BackgroundService
{
    private const string InitialHealthTimeout = "initial-health-timeout";
    private const string AllowEmptySpec = "allow-empty-spec";
    private readonly VpcConnection _connection;
    private readonly VpcRouterOptions _options;
    private readonly RouterState _state;
    private readonly RouterEvents _events;
    private readonly RouteJournal _journal;
    private readonly RouterMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<RouterService> _logger;
    private readonly PluginSupervisor<IWatcherPlugin> _watcher;
    private readonly PluginSupervisor<IMonitorPlugin> _monitor;
    private readonly GuardBoard _guards;
    private readonly Signal _wake = new();
    private readonly Lock _gate = new();
    private readonly ITimer _healthTimer;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HostList _hosts = HostList.Empty;
    private ChannelWriter<HostList>? _hostsWriter;
    private bool _mayWrite;
    private VpcObserver? _observer;
    private PlanRunner? _runner;

    public RouterService(
        VpcConnection connection,
        IOptions<VpcRouterOptions> options,
        RouterState state,
        RouterEvents events,
        RouteJournal journal,
        RouterMetrics metrics,
        IServiceProvider services,
        TimeProvider time,
        ILogger<RouterService> logger,
        PluginSource<IWatcherPlugin>? watcher = null,
        PluginSource<IMonitorPlugin>? monitor = null)
    {
        _connection = connection;
        _options = options.Value;
        _state = state;
        _events = events;
        _journal = journal;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        if (watcher is null || monitor is null)
            throw new PluginException("No watcher or no monitor was selected; call AddWatcher and AddMonitor after AddVpcRouter.");
        _watcher = new PluginSupervisor<IWatcherPlugin>("watcher", watcher, services, time, logger, status => state.Update(current => current with { Watcher = status }));
        _monitor = new PluginSupervisor<IMonitorPlugin>("monitor", monitor, services, time, logger, status => state.Update(current => current with { Monitor = status }));
        _guards = new GuardBoard(state, events, time, logger);
        _healthTimer = time.CreateTimer(_ => OnHealthTimeout(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var reconciler = await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        _journal.Open();
        _observer = new VpcObserver(reconciler, _state, _options.RouteRecheckInterval, _time, _logger, _metrics, Wake);
        BeginGuards();
        _runner = new PlanRunner(reconciler, _state, _events, _guards, _options.DryRun, _time, _logger, _observer.Request, Wake);
        Log.Started(_logger, _options.VpcId, _options.Region, _options.DryRun);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        // Stopped before it has begun, say because the HTTP server's port is taken, it would be called a failure with a stack trace.
        await Task.WhenAny(_begun.Task, ExecuteTask!).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is { IsCompleted: false })
            Log.StoppedEarly(_logger);
    }

    public override void Dispose()
    {
        _healthTimer.Dispose();
        _observer?.Dispose();
        _runner?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.TrySetResult();
        var journaling = Task.Run(_journal.RunAsync, CancellationToken.None);
        var counting = _metrics.RunAsync();
        var rehearsing = Task.Run(Rehearsal.RunAsync, CancellationToken.None);
        await Task.WhenAll(
            _watcher.RunAsync(WatchAsync, mayEnd: true, stoppingToken),
            _monitor.RunAsync(MonitorAsync, mayEnd: false, stoppingToken),
            _observer!.RunAsync(stoppingToken),
            LoopAsync(stoppingToken)).ConfigureAwait(false);
        await rehearsing.ConfigureAwait(false);
        _metrics.End();
        await counting.ConfigureAwait(false);
        await _journal.EndAsync(journaling).ConfigureAwait(false);
        Log.Stopped(_logger);
    }

    private void BeginGuards()
    {
        _guards.Set(InitialHealthTimeout, string.Create(CultureInfo.InvariantCulture, $"no route is written before the first health report, or before {_options.InitialHealthTimeout.TotalSeconds} s have passed since the first route spec (--initial-health-timeout)"), LogLevel.Information);
        if (!_options.AllowEmptySpec)
            _guards.Add(AllowEmptySpec);
        _guards.Add(DeleteGuard.Name);
        if (_options.PanicThreshold is not null)
            _guards.Add(PanicGuard.Name);
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stopping).ConfigureAwait(false);
                var begunAt = _time.GetTimestamp();
                if (_state.Pulse.TurnBegan() is { } lag)
                    _metrics.LoopTookUp(lag);
                if (!Volatile.Read(ref _mayWrite))
                    continue;
                _runner!.Run();
                _metrics.Planned(_time.GetElapsedTime(begunAt));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // A fault in planning is a fault of ours. The next event may well be one that can be planned for.
                Log.LoopFaulted(_logger, e);
            }
            finally
            {
                _state.Pulse.TurnEnded();
            }
        }

        await _runner!.StopAsync().ConfigureAwait(false);
    }

    private void Wake()
    {
        _state.Pulse.Woken();
        _wake.Set();
    }

    private Task WatchAsync(IWatcherPlugin watcher, CancellationToken stopping) =>
        PluginChannels.WatchAsync(watcher, PluginChannels.NewestOnly<RouteSpec>(), OnSpec, stopping);

    private Task MonitorAsync(IMonitorPlugin monitor, CancellationToken stopping)
    {
        var hosts = PluginChannels.NewestOnly<HostList>();
        lock (_gate)
        {
            _hostsWriter = hosts.Writer;
            if (_state.Current.Spec is not null)
                hosts.Writer.TryWrite(_hosts);
        }

        return PluginChannels.MonitorAsync(monitor, hosts.Reader, PluginChannels.NewestOnly<HealthReport>(), OnReport, stopping);
    }

    private void OnSpec(RouteSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.IsEmpty && !_options.AllowEmptySpec)
        {
            _guards.Set(AllowEmptySpec, $"{RouteSpecReader.EmptySpec.Message}; the last good spec stays in force");
            return;
        }

        _guards.Set(AllowEmptySpec, null);
        lock (_gate)
        {
            var before = _state.Current.Spec;
            var isFirst = before is null;
            var at = _time.GetUtcNow();
            _state.Update(status => status with { Spec = spec, SpecReceivedAt = at, HealthHistory = status.HealthHistory.WithHosts(spec.Hosts, at) });
            if (isFirst || !spec.Hosts.Equals(_hosts))
            {
                _hosts = spec.Hosts;
                _hostsWriter?.TryWrite(_hosts);
            }

            if (isFirst)
                _healthTimer.Change(_options.InitialHealthTimeout, Timeout.InfiniteTimeSpan);
            // A watcher may say the same again as often as it likes; it must not cost a look each time.
            if (spec.Equals(before))
                return;
            _events.Publish(new SpecEvent(at, spec));
        }

        Log.SpecReceived(_logger, spec.Entries.Length, spec.Hosts.Count);
        Wake();
        _observer!.Request();
    }

    private void OnReport(HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var before = _state.Current.Health;
        _state.Update(status => status with { Health = report, HealthHistory = status.HealthHistory.WithReport(report) });
        // Before the loop is woken by it: whoever listens hears of the verdict first, then of what was decided. The log, which may be slow, can wait.
        _events.Publish(new VerdictEvent(_time.GetUtcNow(), before, report));
        AllowWrites();
        Log.Verdict(_logger, before, report);
    }

    private void OnHealthTimeout()
    {
        if (Volatile.Read(ref _mayWrite))
            return;
        Log.NoHealthReport(_logger, _options.InitialHealthTimeout.TotalSeconds);
        AllowWrites();
    }

    private void AllowWrites()
    {
        _guards.Set(InitialHealthTimeout, null);
        Volatile.Write(ref _mayWrite, true);
        Wake();
    }
}
