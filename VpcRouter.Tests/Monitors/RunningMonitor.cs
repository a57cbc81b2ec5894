using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Monitors;

/// <summary>Runs a monitor as a host would. The limits only keep a broken test from hanging.</summary>
internal sealed class RunningMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly IMonitorPlugin _monitor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<HostList> _hosts = Channel.CreateBounded<HostList>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<HealthReport> _reports = Channel.CreateUnbounded<HealthReport>();

    public RunningMonitor(IMonitorPlugin monitor)
    {
        _monitor = monitor;
        Running = monitor.MonitorAsync(_hosts.Reader, _reports.Writer, _stopping.Token);
    }

    public Task Running { get; }

    public int WaitingReports => _reports.Reader.Count;

    /// <summary>Host lists that the monitor has not taken yet.</summary>
    public int WaitingHosts => _hosts.Reader.Count;

    public void Give(params string[] hosts) => _hosts.Writer.TryWrite(new HostList(hosts.Select(IPAddress.Parse)));

    public void BreakHosts(Exception exception) => _hosts.Writer.Complete(exception);

    public Task<HealthReport> NextAsync() => _reports.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public async Task<string[]> NextFailedAsync() => Names((await NextAsync()).Failed);

    public static string[] Names(IEnumerable<IPAddress> hosts) => [.. hosts.Select(host => host.ToString()).Order(StringComparer.Ordinal)];

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _monitor.DisposeAsync();
        _stopping.Dispose();
    }
}
