using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Multi;

/// <summary>
/// Runs other monitors and combines them: a host has failed when any of them says so, and is questionable when any says so and none
/// calls it failed. One that is down has no vote.
/// </summary>
internal sealed partial class MultiMonitor : IMonitorPlugin, ICompositePlugin
{
    private const string OwnName = "multi";

    /// <summary>Within the time a host gives its plugins to stop.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<MultiEvent> _events = Channel.CreateUnbounded<MultiEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SubMonitor[] _subs;
    private bool _running;
    private HostList? _hosts;
    private HealthReport? _last;

    /// <exception cref="PluginException">A name is no monitor's.</exception>
    /// <exception cref="SettingsException">The list of names, or settings of the monitors it names, can't be used.</exception>
    public MultiMonitor(MultiSettings settings, IPluginFactory factory, TimeProvider time, ILogger<MultiMonitor> logger)
    {
        _time = time;
        _logger = logger;
        _subs = [.. SubMonitorFactory.Create(settings, OwnName, factory).Select(instance => new SubMonitor(instance, factory, _events.Writer, time, logger))];
    }

    public IReadOnlyList<PluginInstance> SubPlugins => [.. _subs.Select(sub => sub.Instance).OfType<PluginInstance>()];

    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        _running = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pump = HostPump.RunAsync(hosts, _events.Writer, list => new MultiEvent(list, null, null, IsUp: false), ended.Token);
        var runs = _subs.Select(sub => Task.Run(() => sub.RunAsync(ended.Token), CancellationToken.None)).ToArray();
        try
        {
            while (await _events.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out var happened))
                {
                    Handle(happened);
                    if (_subs.All(sub => sub.IsDown))
                        throw new PluginException($"All monitors that \"{OwnName}\" runs are down: {string.Join(", ", _subs.Select(sub => sub.Name))}.");
                }

                Report(reports);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
            await StopAsync(runs).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running)
            return;
        foreach (var sub in _subs)
            await sub.DisposeAsync().ConfigureAwait(false);
    }

    private void Handle(MultiEvent happened)
    {
        if (happened.Hosts is { } hosts)
        {
            _hosts = hosts;
            foreach (var sub in _subs)
                sub.SetHosts(hosts);
        }
        else if (happened.From is { } from)
        {
            from.IsDown = !happened.IsUp;
            from.Vote = happened.Report;
        }
    }

    private void Report(ChannelWriter<HealthReport> reports)
    {
        if (_hosts is not { } hosts)
            return;
        var complete = _subs.All(sub => sub.IsDown || sub.Vote is not null);
        if (_last is null && !complete && hosts.Count > 0)
            return;
        var combined = new HealthReport(Named(hosts, report => report.Failed), Named(hosts, report => report.Questionable), _time.GetUtcNow(), OwnName);
        if (_last?.SaysTheSameAs(combined) == true)
            return;
        _last = combined;
        reports.TryWrite(combined);
    }

    /// <summary>What the votes name, without hosts that were removed since they were cast.</summary>
    private IEnumerable<IPAddress> Named(HostList hosts, Func<HealthReport, IReadOnlySet<IPAddress>> list) =>
        _subs.Where(sub => sub.Vote is not null).SelectMany(sub => list(sub.Vote!)).Where(hosts.Contains);

    private async Task StopAsync(Task[] runs)
    {
        try
        {
            await Task.WhenAll(runs).WaitAsync(StopLimit, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // They never fault, so leaving them to end by themselves loses nothing.
            LogStopTimedOut(string.Join(", ", _subs.Where((_, i) => !runs[i].IsCompleted).Select(sub => sub.Name)));
        }
    }
}
