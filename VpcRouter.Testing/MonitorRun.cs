using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing;

/// <summary>A monitor at work.</summary>
public sealed class MonitorRun : PluginRun
{
    private readonly Inbox<HealthReport> _reports;
    private readonly Lock _gate = new();
    private HostList? _hosts;
    private Channel<HostList> _hostChannel = null!;
    private WatchedChannel<HealthReport> _channel = null!;

    internal MonitorRun(PluginHost host, HostList? hosts)
        : base(host)
    {
        _hosts = hosts;
        _reports = new Inbox<HealthReport>("health report", Words.Of, host.Log);
    }

    /// <summary>How many reports have come and weren't taken.</summary>
    public int WaitingReports => _reports.Count;

    internal override int LateWrites => _channel.LateWrites;

    /// <summary>Whether the monitor has taken the newest list.</summary>
    internal bool HasTakenHosts => _hostChannel.Reader.Count == 0;

    /// <summary>The newest report that came, taken or not.</summary>
    internal HealthReport? LastReport { get; private set; }

    /// <summary>Called with each report as it comes, on the host's thread.</summary>
    internal Action<HealthReport>? OnReport { get; set; }

    /// <summary>Gives the full list of hosts in place of the one before. A restarted monitor gets it again.</summary>
    /// <param name="hosts">Addresses; none for an empty list.</param>
    /// <exception cref="FormatException">One is no address.</exception>
    public void SetHosts(params string[] hosts) => SetHosts(new HostList(hosts.Select(IPAddress.Parse)));

    /// <summary>Gives the full list of hosts in place of the one before. A restarted monitor gets it again.</summary>
    public void SetHosts(HostList hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        lock (_gate)
        {
            _hosts = hosts;
            _hostChannel.Writer.TryWrite(hosts);
        }
    }

    /// <summary>Takes the next report; those in between that don't fit are passed over.</summary>
    /// <param name="where">Which report is waited for; default: any.</param>
    /// <param name="timeout">How long to wait in real time; default 30 s.</param>
    /// <param name="whileWaiting">Called every few milliseconds meanwhile, to move a fake clock on.</param>
    /// <exception cref="PluginTestException">None came in time, or the monitor failed or has ended.</exception>
    public Task<HealthReport> NextReportAsync(Func<HealthReport, bool>? where = null, TimeSpan? timeout = null, Action? whileWaiting = null) =>
        _reports.TakeAsync(where, timeout, whileWaiting, Completion);

    /// <summary>Passes over what has come until now, so that what is waited for next is said of what is given next.</summary>
    internal void ForgetReports() => _reports.Clear();

    private protected override void Prepare()
    {
        _reports.Clear();
        LastReport = null;
        _channel = new WatchedChannel<HealthReport>(PluginChannels.NewestOnly<HealthReport>());
        lock (_gate)
        {
            _hostChannel = PluginChannels.NewestOnly<HostList>();
            if (_hosts is not null)
                _hostChannel.Writer.TryWrite(_hosts);
        }
    }

    private protected override async Task RunAsync(IAsyncDisposable plugin, CancellationToken stopping)
    {
        var (hosts, channel) = (_hostChannel, _channel);
        try
        {
            await PluginChannels.MonitorAsync((IMonitorPlugin)plugin, hosts.Reader, channel, Take, stopping).ConfigureAwait(false);
        }
        finally
        {
            channel.PluginEnded();
        }
    }

    private void Take(HealthReport report)
    {
        LastReport = report;
        _reports.Add(report);
        OnReport?.Invoke(report);
    }
}
