using System.Net;
using System.Threading.Channels;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Monitors.Multi;

/// <summary>Says what the test tells it to.</summary>
internal sealed class FakeMonitor : IMonitorPlugin, IPluginCondition
{
    private readonly TaskCompletionSource _crash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ChannelWriter<HealthReport>> _reports = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Channel<HostList> Hosts { get; } = Channel.CreateUnbounded<HostList>();

    public Task<bool> Disposed => _disposed.Task;

    public bool IgnoresStop { get; init; }

    public string? Problem { get; set; }

    public async Task SayAsync(string failed, string questionable = "") =>
        (await _reports.Task).TryWrite(new HealthReport(Parse(failed), Parse(questionable), DateTimeOffset.UnixEpoch, "fake"));

    public async Task BreakReportsAsync() => (await _reports.Task).TryComplete(new InvalidOperationException("broken"));

    public void Crash() => _crash.TrySetException(new InvalidOperationException("crashed"));

    public void Return() => _crash.TrySetResult();

    public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        _reports.TrySetResult(reports);
        var reading = Task.Run(async () =>
        {
            await foreach (var list in hosts.ReadAllAsync(stopping))
                Hosts.Writer.TryWrite(list);
        }, CancellationToken.None);
        await (await Task.WhenAny(_crash.Task, IgnoresStop ? _crash.Task : reading));
    }

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult(true);
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<IPAddress> Parse(string hosts) => hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse);
}
