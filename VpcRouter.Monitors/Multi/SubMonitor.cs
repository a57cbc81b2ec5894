using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Multi;

/// <summary>Keeps one monitor running for <c>multi</c>: restarts it with back-off and tells when it reports, falls or rises.</summary>
internal sealed partial class SubMonitor(PluginInstance first, IPluginFactory factory, ChannelWriter<MultiEvent> events, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    internal static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private PluginInstance? _instance = first;
    private HostList? _hosts;
    private Channel<HostList> _hostChannel = LatestOnly<HostList>();
    private TimeSpan _backOff = FirstBackOff;
    private bool _isDown;
    private volatile bool _wasDown;
    private volatile string _lastError = "";
    private HealthReport? _vote;

    public string Name { get; } = first.Descriptor.Name;

    /// <summary>The plugin that runs; <see langword="null"/> while it is down.</summary>
    public PluginInstance? Instance => Volatile.Read(ref _instance);

    // What follows is set by the one loop of multi, and read by the status page as well.

    public bool IsDown
    {
        get => Volatile.Read(ref _isDown);
        set => Volatile.Write(ref _isDown, value);
    }

    /// <summary>What it said last; <see langword="null"/> while it has no vote.</summary>
    public HealthReport? Vote
    {
        get => Volatile.Read(ref _vote);
        set => Volatile.Write(ref _vote, value);
    }

    public bool HasVote => Vote is not null;

    /// <summary>Why it has no vote, or why its vote may be stale; <see langword="null"/> when there is nothing wrong.</summary>
    public string? Problem =>
        IsDown ? $"{Name} is down and has no vote ({_lastError})"
        : _wasDown && !HasVote ? $"{Name} was started again and has no vote before its first report"
        : Instance?.Problem is { } problem ? $"{Name}: {problem}"
        : null;

    /// <summary>Hands it the host list, now and after each restart.</summary>
    public void SetHosts(HostList hosts)
    {
        lock (_lock)
        {
            _hosts = hosts;
            _hostChannel.Writer.TryWrite(hosts);
        }
    }

    /// <summary>Runs the monitor until told to stop. Never faults.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var failure = await RunOnceAsync(stopping).ConfigureAwait(false);
            if (stopping.IsCancellationRequested)
                return;
            var backOff = _backOff;
            _backOff = Longer(backOff);
            LogDown(failure, Name, backOff.TotalSeconds);
            _lastError = failure?.Message ?? "it ended by itself";
            _wasDown = true;
            events.TryWrite(new MultiEvent(null, this, null, IsUp: false));
            await Task.Delay(backOff, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
        }
    }

    /// <summary>Disposes the plugin when it was never run; a run disposes its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _instance, null) is { } instance)
            await instance.Plugin.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The wait after one that didn't help.</summary>
    internal static TimeSpan Longer(TimeSpan backOff) => backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;

    private async Task<Exception?> RunOnceAsync(CancellationToken stopping)
    {
        PluginInstance? instance = null;
        var reports = LatestOnly<HealthReport>();
        Task<Exception?>? pump = null;
        Exception? failure = null;
        try
        {
            instance = Instance ?? Renew();
            pump = PumpReportsAsync(reports.Reader);
            await ((IMonitorPlugin)instance.Plugin).MonitorAsync(_hostChannel.Reader, reports.Writer, stopping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        reports.Writer.TryComplete();
        if (pump is not null)
            failure = await pump.ConfigureAwait(false) ?? failure;
        if (instance is not null)
            await EndAsync(instance).ConfigureAwait(false);
        return failure;
    }

    private PluginInstance Renew()
    {
        var instance = factory.Create(PluginKind.Monitor, Name);
        lock (_lock)
        {
            // The old reader may have taken the list and fallen with it.
            _hostChannel = LatestOnly<HostList>();
            if (_hosts is { } hosts)
                _hostChannel.Writer.TryWrite(hosts);
        }

        Volatile.Write(ref _instance, instance);
        events.TryWrite(new MultiEvent(null, this, null, IsUp: true));
        return instance;
    }

    /// <returns>What the monitor itself ended its reports with, if anything.</returns>
    private async Task<Exception?> PumpReportsAsync(ChannelReader<HealthReport> reports)
    {
        try
        {
            await foreach (var report in reports.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                _backOff = FirstBackOff;
                events.TryWrite(new MultiEvent(null, this, report, IsUp: true));
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task EndAsync(PluginInstance instance)
    {
        Volatile.Write(ref _instance, null);
        try
        {
            await instance.Plugin.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogDisposeFailed(e, Name);
        }
    }

    private static Channel<T> LatestOnly<T>() =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
}
