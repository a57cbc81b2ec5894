using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Watchers;

/// <summary>A watcher at work, stopped and disposed of at the end of the test.</summary>
internal sealed class RunningWatcher : IAsyncDisposable
{
    private readonly Channel<RouteSpec> _specs = Channel.CreateUnbounded<RouteSpec>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IWatcherPlugin _watcher;

    public RunningWatcher(IWatcherPlugin watcher)
    {
        _watcher = watcher;
        Completion = Task.Run(() => watcher.WatchAsync(_specs.Writer, _stopping.Token));
    }

    public Task Completion { get; }

    public bool HasSpec => _specs.Reader.TryPeek(out _);

    /// <summary>The destinations of the next spec, joined by blanks.</summary>
    public async Task<string> NextAsync()
    {
        var spec = await _specs.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return string.Join(' ', spec.Entries.Select(entry => entry.Destination));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Completion.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(60));
        await _watcher.DisposeAsync();
        _stopping.Dispose();
    }
}
