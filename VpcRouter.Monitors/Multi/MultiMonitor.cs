using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Multi;

/// <summary>
/// Runs other monitors and combines what they say (<see cref="Ballot"/>). One that is down, or has not reported since it was started
/// again, has no vote; while nobody has one, the last combined report stays in force.
/// </summary>
internal sealed partial class MultiMonitor : IMonitorPlugin, ICompositePlugin, IPluginStatistics, IPluginCondition
{
    private const string OwnName = "multi";

    /// <summary>Within the time a host gives its plugins to stop.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

    private readonly MultiMode _mode;
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
        _mode = settings.Mode;
        _time = time;
        _logger = logger;
        _subs = [.. SubMonitorFactory.Create(settings, OwnName, factory).Select(instance => new SubMonitor(instance, factory, _events.Writer, time, logger))];
    }

    public IReadOnlyList<PluginInstance> SubPlugins => [.. _subs.Select(sub => sub.Instance).OfType<PluginInstance>()];

    public string? Problem
    {
        get
        {
            string[] problems = [.. _subs.Select(sub => sub.Problem).OfType<string>()];
            if (problems.Length == 0)
                return null;
            return (_subs.Any(sub => sub.HasVote) ? "" : "nobody has a vote, and the last report stays in force: ") + string.Join("; ", problems);
        }
    }

    public IReadOnlyDictionary<string, object?> GetStatistics() => new Dictionary<string, object?>
    {
        ["mode"] = _mode.ToString(),
        ["votes_needed"] = _mode.Needed(_subs.Count(sub => sub.HasVote)),
        ["votes"] = _subs.ToDictionary(sub => sub.Name, sub => (object?)Show(sub)),
    };

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
                    Handle(happened);
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
        HealthReport[] votes = [.. _subs.Select(sub => sub.Vote).OfType<HealthReport>()];
        var isComplete = hosts.Count == 0 || (votes.Length > 0 && _subs.All(sub => sub.IsDown || sub.HasVote));
        if (_last is null && !isComplete)
            return;
        // While nobody has a vote the last word stands, for the hosts that are still there; it counts as one vote.
        var combined = Ballot.Count(votes.Length > 0 || _last is null ? votes : [_last], _mode, hosts, _time.GetUtcNow(), OwnName);
        if (_last?.SaysTheSameAs(combined) == true)
            return;
        _last = combined;
        reports.TryWrite(combined);
    }

    private static Dictionary<string, object?> Show(SubMonitor sub)
    {
        var vote = sub.Vote;
        return new() { ["up"] = !sub.IsDown, ["has_vote"] = vote is not null, ["num_failed"] = vote?.Failed.Count, ["num_questionable"] = vote?.Questionable.Count };
    }

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
